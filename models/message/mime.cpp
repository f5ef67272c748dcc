// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/message/mime.h"

#include "models/message/ascii.h"
#include "models/message/encoding.h"
#include "models/message/head.h"

#include <algorithm>

namespace sluicegate::message {

namespace {

constexpr auto npos = std::string_view::npos;

struct Slice {
    std::size_t offset = 0;
    std::size_t size = 0;
    int depth = 0;
    int parent = -1;
    bool digest = false; // children of multipart/digest are messages by default
};

const Field* find(const Head& head, std::string_view name)
{
    const auto found
        = std::ranges::find_if(head.fields, [name](const Field& f) { return sameText(f.name, name); });
    return found == head.fields.end() ? nullptr : &*found;
}

Part describe(std::string_view message, const Slice& slice)
{
    const Head head = readHead(message.substr(slice.offset, slice.size), slice.offset);
    Part part;
    part.type = slice.digest ? "message/rfc822" : part.type;
    if (const Field* type = find(head, "Content-Type"); type && type->value.find('/') != npos) {
        part.type = lowered(trimmed(type->value.substr(0, type->value.find_first_of("; \t"))));
        part.charset = parameter(type->value, "charset");
        part.fileName = parameter(type->value, "name");
    }
    if (const Field* encoding = find(head, "Content-Transfer-Encoding"))
        part.encoding = lowered(trimmed(encoding->value.substr(0, encoding->value.find_first_of("; ("))));
    if (const Field* disposition = find(head, "Content-Disposition"); disposition && part.fileName.empty())
        part.fileName = parameter(disposition->value, "filename");
    // Sections cut out of a message need no header: a body that begins at once is text.
    part.offset = head.fields.empty() && !head.closed ? slice.offset : head.bodyOffset;
    part.body = message.substr(part.offset, slice.offset + slice.size - part.offset);
    part.depth = slice.depth;
    part.parent = slice.parent;
    return part;
}

std::string boundaryOf(std::string_view message, const Slice& slice)
{
    const Head head = readHead(message.substr(slice.offset, slice.size), slice.offset);
    const Field* type = find(head, "Content-Type");
    return type ? parameter(type->value, "boundary") : std::string {};
}

// RFC 2046 5.1.1: "--boundary" at the line's begin; the line end before it belongs to it. A missing last line
// is common.
std::vector<Slice> children(const Part& part, const std::string& boundary, int index)
{
    std::vector<Slice> result;
    const std::string mark = "--" + boundary;
    std::size_t start = npos;
    for (std::size_t at = 0; at < part.body.size() && result.size() < partLimit;) {
        const auto newline = part.body.find('\n', at);
        const auto next = newline == npos ? part.body.size() : newline + 1;
        const auto line = trimmed(part.body.substr(at, next - at));
        if (part.body.substr(at).starts_with(mark) && (line == mark || line == mark + "--")) {
            if (start != npos)
                result.push_back({part.offset + start, at - start, part.depth + 1, index,
                    part.type == "multipart/digest"});
            start = next;
            if (line != mark)
                return result;
        }
        at = next;
    }
    if (start != npos && start < part.body.size())
        result.push_back({part.offset + start, part.body.size() - start, part.depth + 1, index,
            part.type == "multipart/digest"});
    return result;
}

} // namespace

std::string parameter(std::string_view value, std::string_view name)
{
    for (auto at = value.find(';'); at != npos; at = value.find(';', at + 1)) {
        const auto rest = trimmed(value.substr(at + 1));
        if (!startsWith(rest, name))
            continue;
        auto tail = trimmed(rest.substr(name.size()));
        if (!tail.starts_with('='))
            continue;
        tail = trimmed(tail.substr(1));
        if (tail.starts_with('"'))
            return std::string(tail.substr(1, tail.find('"', 1) - 1));
        return std::string(tail.substr(0, tail.find_first_of("; \t")));
    }
    return {};
}

std::vector<Part> parts(std::string_view message)
{
    std::vector<Part> result;
    std::vector<Slice> waiting {{0, message.size(), 0, -1, false}}; // a stack: the next part is its last
    while (!waiting.empty() && result.size() < partLimit) {
        const Slice slice = waiting.back();
        waiting.pop_back();
        const int index = int(result.size());
        result.push_back(describe(message, slice));
        const Part& part = result.back();
        if (slice.depth >= partDepthLimit)
            continue;
        if (part.type.starts_with("multipart/")) {
            const auto boundary = boundaryOf(message, slice);
            auto inside = boundary.empty() ? std::vector<Slice> {} : children(part, boundary, index);
            waiting.insert(waiting.end(), inside.rbegin(), inside.rend());
        } else if (part.type == "message/rfc822" && part.encoding != "base64") {
            waiting.push_back({part.offset, part.body.size(), part.depth + 1, index, false});
        }
    }
    return result;
}

std::string decodedBody(const Part& part)
{
    if (part.encoding == "base64")
        return decodeBase64(part.body);
    if (part.encoding == "quoted-printable")
        return decodeQuotedPrintable(part.body);
    return std::string(part.body);
}

} // namespace sluicegate::message
