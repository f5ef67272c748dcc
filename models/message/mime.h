// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of a MIME message as a flat list, in order; walked with a work list, never by recursion.
#pragma once

#include "models/message/inspection.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::message {

inline constexpr std::size_t partLimit = 500;
inline constexpr int partDepthLimit = 20;

struct Part {
    std::string type = "text/plain"; // lower case
    std::string charset;
    std::string encoding; // lower case Content-Transfer-Encoding
    std::string fileName;
    std::size_t offset = 0; // of the part's body in the input
    std::string_view body; // as it stands
    int depth = 0;
    int parent = -1; // index of the enclosing multipart, or of message/rfc822
};

/// All parts, containers too, each before its children. Bodies of message/rfc822 are entered. Limits: 500
/// parts, 20 levels; what lies beyond stays inside its parent's body.
std::vector<Part> parts(std::string_view message);

/// The body without its transfer encoding (base64, quoted-printable), in its own character set.
std::string decodedBody(const Part& part);

/// A parameter of a structured field: parameter("multipart/mixed; boundary=\"x\"", "boundary") is "x".
std::string parameter(std::string_view value, std::string_view name);

} // namespace sluicegate::message
