// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/filter.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace sluicegate::items {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}

bool contains(std::string_view text, std::string_view lowered)
{
    return std::search(text.begin(), text.end(), lowered.begin(), lowered.end(), [](char a, char b) {
        return lower(a) == b;
    }) != text.end();
}

} // namespace

Filter Filter::with(Term term) const
{
    Filter result = *this;
    if (term.field == Field::Time && !term.inverted)
        std::erase_if(
            result.terms, [](const Term& old) { return old.field == Field::Time && !old.inverted; });
    if (std::ranges::find(result.terms, term) == result.terms.end())
        result.terms.push_back(std::move(term));
    return result;
}

Filter Filter::without(const Term& term) const
{
    Filter result = *this;
    std::erase(result.terms, term);
    return result;
}

Matcher::Matcher(const Messages& messages, Filter filter) : m_messages(messages), m_filter(std::move(filter))
{
    for (Term& term : m_filter.terms) {
        if (term.field == Field::Text)
            std::ranges::transform(term.value, term.value.begin(), lower);
    }
}

bool Matcher::matches(std::uint32_t index) const
{
    enum : std::uint8_t { Unasked, Missed, Met };
    std::array<std::uint8_t, std::size_t(Field::Time) + 1> fields {};
    for (const Term& term : m_filter.terms) {
        const bool met = meets(term, index);
        if (term.inverted && met)
            return false;
        std::uint8_t& field = fields[std::size_t(term.field)];
        if (!term.inverted && field != Met)
            field = met ? Met : Missed;
    }
    return std::ranges::find(fields, std::uint8_t(Missed)) == fields.end();
}

bool Matcher::meets(const Term& term, std::uint32_t index) const
{
    switch (term.field) {
    case Field::Text:
        return meetsText(term.value, index);
    case Field::Account:
        return m_messages.account(index) == term.value;
    case Field::Sender:
        return m_messages.journey(index).sender() == term.value;
    case Field::Client:
        return m_messages.journey(index).clientIp() == term.value;
    case Field::Outcome:
        return name(m_messages.outcome[index]) == term.value;
    case Field::Entry:
        return maillog::name(m_messages.journey(index).entry()) == term.value;
    case Field::Suspect:
        return std::to_string(m_messages.suspect[index]) == term.value;
    case Field::Noticed:
        return m_messages.noticed[index];
    case Field::Time: {
        const base::Instant at = m_messages.at[index];
        return (!term.from || at >= *term.from) && (!term.until || at < *term.until);
    }
    }
    return false;
}

bool Matcher::meetsText(const std::string& needle, std::uint32_t index) const
{
    const maillog::Journey journey = m_messages.journey(index);
    for (const std::string_view text : {journey.queueId(), journey.messageId(), journey.sender(),
             journey.saslUsername(), journey.clientIp(), journey.clientName(), journey.helo()}) {
        if (contains(text, needle))
            return true;
    }
    if (contains(m_messages.account(index), needle) || contains(m_messages.subject(index), needle))
        return true;
    return std::ranges::any_of(journey.attempts(), [&](const maillog::Attempt& attempt) {
        return contains(attempt.to, needle) || contains(attempt.response, needle);
    });
}

} // namespace sluicegate::items
