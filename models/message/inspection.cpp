// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/message/inspection.h"

#include "models/message/anomalies.h"
#include "models/message/ascii.h"
#include "models/message/chain.h"
#include "models/message/head.h"
#include "models/message/postcat.h"

#include <algorithm>

namespace sluicegate::message {

namespace {

bool isVerdictOfOthers(std::string_view name)
{
    return sameText(name, "Authentication-Results") || sameText(name, "Received-SPF")
        || sameText(name, "ARC-Authentication-Results");
}

void takeHead(Inspection& inspection, Head head, bool isWholeMessage)
{
    inspection.fields = std::move(head.fields);
    inspection.anomalies = std::move(head.anomalies);
    inspection.bodyOffset = head.bodyOffset;
    inspection.truncated = head.truncated;
    if (!head.mboxSender.empty())
        inspection.envelope.emplace("sender", head.mboxSender);
    if (inspection.fields.empty() && isWholeMessage)
        inspection.anomalies.push_back({"no-header", "There is no header field at all", head.bodyOffset});
}

} // namespace

std::string_view Inspection::value(std::string_view name) const
{
    const auto found
        = std::ranges::find_if(fields, [name](const Field& f) { return sameText(f.name, name); });
    return found == fields.end() ? std::string_view {} : std::string_view(found->value);
}

Inspection inspect(std::string_view bytes)
{
    Inspection inspection;
    auto postcat = splitPostcat(bytes);
    const auto offset = postcat ? postcat->messageOffset : 0;
    const auto size = postcat ? postcat->messageSize : bytes.size();
    takeHead(inspection, readHead(bytes.substr(offset, size), offset), !postcat || size > 0);
    if (postcat)
        inspection.envelope = std::move(postcat->envelope);
    readHops(inspection);
    findSubmission(inspection);
    findOrigin(inspection);
    for (const Field& field : inspection.fields)
        if (isVerdictOfOthers(field.name))
            inspection.authentication.push_back(field.value);
    findAnomalies(inspection);
    std::ranges::stable_sort(inspection.anomalies, {}, &Anomaly::offset);
    return inspection;
}

} // namespace sluicegate::message
