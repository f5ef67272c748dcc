// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/journeyjson.h"

#include "app/cli/jsonline.h"

namespace sluicegate::app {

namespace {

using maillog::Attempt;
using maillog::History;
using maillog::Incident;
using maillog::Journey;

template <typename Number>
void number(JsonLine& json, std::string_view name, const std::optional<Number>& value)
{
    json.key(name);
    if (value)
        json.number(std::int64_t(*value));
    else
        json.null();
}

void time(JsonLine& json, std::string_view name, const std::optional<base::Instant>& at)
{
    json.memberOrNull(name, at ? base::iso(*at) : std::string());
}

void writeClient(JsonLine& json, const Journey& journey)
{
    json.key("client");
    if (journey.clientIp().empty() && journey.clientName().empty()) {
        json.null();
        return;
    }
    json.open('{');
    json.memberOrNull("name", journey.clientName());
    json.memberOrNull("ip", journey.clientIp());
    number(json, "port", journey.clientPort());
    json.close('}');
}

void writeAttempt(JsonLine& json, const Attempt& attempt)
{
    json.open('{');
    json.member("to", attempt.to);
    json.memberOrNull("origTo", attempt.origTo);
    json.memberOrNull("relay", attempt.relay);
    json.key("delay");
    json.number(attempt.delay);
    json.memberOrNull("dsn", attempt.dsn);
    json.member("status", name(attempt.status));
    json.member("response", attempt.response);
    json.member("at", base::iso(attempt.at));
    json.close('}');
}

void writeIncident(JsonLine& json, const Incident& incident)
{
    json.open('{');
    json.member("kind", name(incident.kind));
    json.member("at", base::iso(incident.at));
    json.member("text", incident.text);
    json.close('}');
}

void writeOrigin(JsonLine& json, const Journey& journey)
{
    json.member("queueId", journey.queueId());
    json.key("messageId");
    if (journey.hasMessageId())
        json.text(journey.messageId());
    else
        json.null();
    json.member("entry", name(journey.entry()));
    json.memberOrNull("saslUsername", journey.saslUsername());
    json.memberOrNull("saslMethod", journey.saslMethod());
    json.memberOrNull("saslSender", journey.saslSender());
    number(json, "uid", journey.uid());
    json.memberOrNull("localUser", journey.localUser());
    json.memberOrNull("directory", journey.directory());
    writeClient(json, journey);
    json.memberOrNull("helo", journey.helo());
    json.key("sender");
    if (journey.hasSender())
        json.text(journey.sender());
    else
        json.null();
    number(json, "size", journey.size());
    number(json, "nrcpt", journey.recipientCount());
    json.memberOrNull("service", journey.service());
    json.memberOrNull("host", journey.host());
}

void writeRelatives(JsonLine& json, const History& history, const Journey& journey)
{
    const auto parent = journey.parent();
    json.memberOrNull("parent", parent ? history.journey(*parent).queueId() : std::string_view {});
    number(json, "parentIndex", parent);
    json.key("children");
    json.open('[');
    for (const std::uint32_t child : journey.children())
        json.text(history.journey(child).queueId());
    json.close(']');
}

} // namespace

void writeJourney(std::string& out, const History& history, std::uint32_t index)
{
    const Journey journey = history.journey(index);
    JsonLine json(out);
    json.open('{');
    writeOrigin(json, journey);
    time(json, "first", journey.first());
    time(json, "last", journey.last());
    time(json, "arrived", journey.arrived());
    time(json, "removed", journey.removed());
    json.key("recipients");
    json.open('[');
    for (const Attempt& attempt : journey.attempts())
        writeAttempt(json, attempt);
    json.close(']');
    writeRelatives(json, history, journey);
    json.key("events");
    json.open('[');
    for (const Incident& incident : journey.incidents())
        writeIncident(json, incident);
    json.close(']');
    json.key("lines");
    json.number(std::int64_t(journey.lines().size()));
    json.close('}');
    json.endLine();
}

} // namespace sluicegate::app
