// SPDX-License-Identifier: GPL-3.0-or-later
// Collects what the parts of a notice say into one Notice.
#pragma once

#include "models/notice/notice.h"
#include "models/notice/traced.h"

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluicegate::notice {

class Gatherer {
public:
    explicit Gatherer(Notice& notice) : m_notice(notice) { }

    /// The notice's own date (of the mail's header), and its subject.
    void setReceived(std::optional<base::Instant> at) { m_received = at; }

    void takeText(const Traced& text); // cleaned
    void takeJson(std::string_view json, std::size_t offset);
    void takeFeedbackReport(std::string_view fields); // RFC 5965 machine-readable part
    void takeSample(std::string_view message, std::size_t offset); // the spam itself, whole or its header

    void addId(std::string id, std::size_t offset, std::string destinationIp = {});
    void addIp(std::string_view ip);
    void addCandidate(std::string token);
    /// The notice's own Message-ID: a candidate too, behind those that the text names.
    void offerItself(std::string id) { m_itself = std::move(id); }
    void warn(std::string sentence);

    /// Ranks, falls back where nothing was said, and says what is missing.
    void finish();

    bool hasIds() const { return !m_notice.ids.empty(); }

private:
    void takeDate(std::string_view text);
    void takeReference(std::string_view text);
    void nameServerBySample();
    void joinIds();

    Notice& m_notice;
    std::optional<base::Instant> m_received;
    std::vector<std::string> m_sampleHosts; // "ip host" pairs of the sample's hops
    std::vector<std::pair<std::string, std::size_t>> m_others; // unlabelled tokens and where they stand
    std::set<std::string, std::less<>> m_destinations;
    std::string m_itself;
    bool m_dateIsFixed = false; // a machine-readable field said it
};

/// Which provider's form the text has.
Kind kindOf(std::string_view text, Kind otherwise);

} // namespace sluicegate::notice
