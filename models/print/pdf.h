// SPDX-License-Identifier: GPL-3.0-or-later
// HTML to PDF.
#pragma once

#include "models/base/failure.h"

#include <QString>

#include <filesystem>

namespace sluicegate::print {

/// Writes the page as A4 PDF. Needs a QGuiApplication (the offscreen platform is enough).
base::Result<void> writePdf(const QString& html, const QString& title, const std::filesystem::path& file);

} // namespace sluicegate::print
