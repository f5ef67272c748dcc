// SPDX-License-Identifier: GPL-3.0-or-later
// The readable text of an HTML part, so that nothing of it has to be rendered.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sluicegate::message {

/// Without tags, scripts and styles; a link's target stands behind its text as "<https://...>", because where
/// a link leads is what a reader of spam wants to know. Stops after about `most` bytes of text. Linear.
std::string textOfHtml(std::string_view html, std::size_t most);

} // namespace sluicegate::message
