// SPDX-License-Identifier: GPL-3.0-or-later
// The include law of the house: reads models/README.md and every #include of a tree, and names each breach.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace sluicegate::rooms {

/// Header names of two Qt modules, so that "QtGui in print only" can be checked by name.
struct QtHeaders {
    std::set<std::string> gui;
    std::set<std::string> widgets;
};

/// Every breach as one line "FILE: what is wrong"; empty when the law is kept. `root` is the top of the
/// checkout.
std::vector<std::string> breaches(const std::filesystem::path& root, const QtHeaders& qt);

/// Names of the files in Qt's include folders QtGui and QtWidgets.
QtHeaders qtHeaders(const std::filesystem::path& guiFolder, const std::filesystem::path& widgetsFolder);

} // namespace sluicegate::rooms
