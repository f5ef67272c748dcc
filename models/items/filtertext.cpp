// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/filtertext.h"

#include "models/casefile/bytesjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace sluicegate::items {

namespace {

constexpr std::array<const char*, std::size_t(Field::Time) + 1> fields {
    "text", "account", "sender", "client", "outcome", "entry", "suspect", "noticed", "time"};
constexpr qsizetype mostTerms = 200; // more than anybody clicks together

QString instantText(base::Instant at)
{
    return QString::fromStdString(base::iso(at));
}

std::optional<base::Instant> instantOf(const QJsonValue& value)
{
    return base::parseIso(value.toString().toStdString());
}

std::optional<Term> termOf(const QJsonValue& json)
{
    const QString name = json[QLatin1String("field")].toString();
    const auto* field
        = std::ranges::find_if(fields, [&](const char* each) { return name == QLatin1String(each); });
    if (field == fields.end())
        return {};
    return Term {.field = Field(field - fields.begin()),
        .value = casefile::toBytes(json[QLatin1String("value")]),
        .inverted = json[QLatin1String("inverted")].toBool(),
        .from = instantOf(json[QLatin1String("from")]),
        .until = instantOf(json[QLatin1String("until")])};
}

} // namespace

std::string filterText(const Filter& filter)
{
    QJsonArray terms;
    for (const Term& term : filter.terms) {
        QJsonObject json {{QStringLiteral("field"), QString::fromLatin1(fields[std::size_t(term.field)])},
            {QStringLiteral("value"), casefile::fromBytes(term.value)}};
        if (term.inverted)
            json[QLatin1String("inverted")] = true;
        if (term.from)
            json[QLatin1String("from")] = instantText(*term.from);
        if (term.until)
            json[QLatin1String("until")] = instantText(*term.until);
        terms.append(json);
    }
    return QJsonDocument(QJsonObject {{QStringLiteral("terms"), terms}})
        .toJson(QJsonDocument::Compact)
        .toStdString();
}

std::optional<Filter> filterOf(std::string_view text)
{
    const QJsonDocument json = QJsonDocument::fromJson({text.data(), qsizetype(text.size())});
    const QJsonValue terms = json[QLatin1String("terms")];
    if (!terms.isArray())
        return {};
    Filter filter;
    for (const QJsonValue& each : terms.toArray()) {
        if (const std::optional<Term> term = termOf(each); term && std::ssize(filter.terms) < mostTerms)
            filter.terms.push_back(*term);
    }
    return filter;
}

} // namespace sluicegate::items
