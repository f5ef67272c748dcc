// SPDX-License-Identifier: GPL-3.0-or-later
// HTML's character references, as far as notices hold them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sluicegate::notice {

/// The character behind "&...;" in UTF-8, `name` being what stands between: "agrave", "#8211", "#x41". Blanks
/// are plain ones, characters that nobody sees are empty. Nothing for what is no reference.
std::optional<std::string> characterReferred(std::string_view name);

} // namespace sluicegate::notice
