// SPDX-License-Identifier: GPL-3.0-or-later
// One message made ready to be looked into: what was read from it, its raw lines, its body as text.
#pragma once

#include "models/base/bytes.h"
#include "models/base/evidenceline.h"
#include "models/message/inspection.h"

#include <QString>

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

namespace sluicegate::items {

struct Letter {
    static constexpr std::size_t mostLines = 4000; // of the raw text: more than anyone reads at once
    static constexpr std::size_t longestLine = 2000; // bytes; the rest of a line is left out on screen
    static constexpr std::size_t mostBody = 64 * 1024; // bytes of text of the preview

    QString name; // queue id or file
    base::Bytes bytes;
    message::Inspection inspection;
    std::vector<base::EvidenceLine> lines; // the raw text
    std::vector<std::size_t> starts; // byte offset of each of them
    bool cut = false; // there is more than `lines` hold
    QString body; // inert; each part below its heading
    bool headOnly = false; // the body was not in what was read

    /// Line of that byte, as an index; none when it is not among those shown.
    std::optional<std::size_t> lineOf(std::size_t offset) const;
    /// First and last line of the field (with its folds) or body that begins at this byte.
    std::optional<std::pair<std::size_t, std::size_t>> linesOf(std::size_t offset) const;
    /// Where the field begins that this line belongs to.
    std::optional<std::size_t> fieldAt(std::size_t line) const;

    static std::shared_ptr<const Letter> of(
        const QString& name, base::Bytes bytes, message::Inspection inspection);
    static std::shared_ptr<const Letter> of(const QString& name, base::Bytes bytes);
    /// A message, a part of one, or postcat's output; compressed or not.
    static base::Result<std::shared_ptr<const Letter>> read(
        const std::filesystem::path& file, std::stop_token stop);
};

} // namespace sluicegate::items
