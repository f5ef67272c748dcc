// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/leads.h"

#include "models/attribution/queuesplit.h"

#include <algorithm>
#include <cctype>

namespace sluicegate::items {

namespace {

void add(std::vector<Term>& terms, Field field, std::string_view value)
{
    const Term term {.field = field, .value = std::string(value)};
    if (!value.empty() && std::ranges::find(terms, term) == terms.end())
        terms.push_back(term);
}

std::string_view bareId(std::string_view id)
{
    while (!id.empty() && std::isspace(static_cast<unsigned char>(id.front())))
        id.remove_prefix(1);
    if (id.starts_with('<') && id.contains('>'))
        id = id.substr(1, id.find('>') - 1);
    return id;
}

std::string_view inEnvelope(const message::Inspection& read, const std::string& name)
{
    const auto found = read.envelope.find(name);
    return found == read.envelope.end() ? std::string_view() : std::string_view(found->second);
}

} // namespace

std::vector<Term> leadsOf(const message::Inspection& read, std::optional<std::size_t> offset)
{
    std::vector<Term> terms;
    const auto hop = std::ranges::find_if(
        read.received, [&](const message::Received& each) { return offset && each.offset == *offset; });
    if (hop != read.received.end()) {
        add(terms, Field::Client, hop->ip);
        add(terms, Field::Account, hop->authUser);
        add(terms, Field::Text, hop->id);
        return terms;
    }
    add(terms, Field::Account, inEnvelope(read, "sasl_username"));
    add(terms, Field::Account, read.origin.authUser);
    add(terms, Field::Client, read.origin.ip);
    add(terms, Field::Sender, inEnvelope(read, "sender"));
    add(terms, Field::Text, bareId(read.value("Message-ID")));
    return terms;
}

std::vector<Term> leadsOf(const triage::Analysis& analysis, const queue::Entry& entry)
{
    std::vector<Term> terms;
    add(terms, Field::Text, entry.id.value);
    add(terms, Field::Sender, entry.sender);
    const auto life = analysis.log ? attribution::lifeOf(*analysis.log, entry) : std::nullopt;
    if (life) {
        const maillog::Journey journey = analysis.log->journey(*life);
        add(terms, Field::Account, journey.saslUsername());
        add(terms, Field::Client, journey.clientIp());
    }
    terms.push_back({.field = Field::Time,
        .from = entry.arrival - std::chrono::minutes(5),
        .until = entry.arrival + std::chrono::minutes(5)});
    return terms;
}

} // namespace sluicegate::items
