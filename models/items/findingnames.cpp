// SPDX-License-Identifier: GPL-3.0-or-later
// The names of a message's anomalies.
#include "models/items/lettermodel.h"

#include "models/words/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace sluicegate::items {

namespace {

struct Finding {
    std::string_view id;
    const char* name;
};

constexpr std::array<Finding, 46> Findings {{
    {"bad-date", QT_TRANSLATE_NOOP("Finding", "Date cannot be read")},
    {"bad-from", QT_TRANSLATE_NOOP("Finding", "From holds no address")},
    {"bad-message-id", QT_TRANSLATE_NOOP("Finding", "Message-ID is malformed")},
    {"bare-cr", QT_TRANSLATE_NOOP("Finding", "Carriage return without a line feed")},
    {"blank-fold", QT_TRANSLATE_NOOP("Finding", "Continuation line of blanks only")},
    {"blank-lines-first", QT_TRANSLATE_NOOP("Finding", "Empty lines before the header")},
    {"broken-encoded-word", QT_TRANSLATE_NOOP("Finding", "Broken encoded word")},
    {"clock-skew", QT_TRANSLATE_NOOP("Finding", "A hop's clock runs behind")},
    {"control-in-header", QT_TRANSLATE_NOOP("Finding", "Control characters in the header")},
    {"date-far-from-arrival", QT_TRANSLATE_NOOP("Finding", "Date far from the arrival")},
    {"deep-comment", QT_TRANSLATE_NOOP("Finding", "Comments nested too deep or never closed")},
    {"duplicate-cc", QT_TRANSLATE_NOOP("Finding", "Cc stands more than once")},
    {"duplicate-date", QT_TRANSLATE_NOOP("Finding", "Date stands more than once")},
    {"duplicate-from", QT_TRANSLATE_NOOP("Finding", "From stands more than once")},
    {"duplicate-in-reply-to", QT_TRANSLATE_NOOP("Finding", "In-Reply-To stands more than once")},
    {"duplicate-message-id", QT_TRANSLATE_NOOP("Finding", "Message-ID stands more than once")},
    {"duplicate-references", QT_TRANSLATE_NOOP("Finding", "References stands more than once")},
    {"duplicate-reply-to", QT_TRANSLATE_NOOP("Finding", "Reply-To stands more than once")},
    {"duplicate-sender", QT_TRANSLATE_NOOP("Finding", "Sender stands more than once")},
    {"duplicate-subject", QT_TRANSLATE_NOOP("Finding", "Subject stands more than once")},
    {"duplicate-to", QT_TRANSLATE_NOOP("Finding", "To stands more than once")},
    {"eval-in-script", QT_TRANSLATE_NOOP("Finding", "Script run by eval()")},
    {"from-unlike-envelope", QT_TRANSLATE_NOOP("Finding", "From unlike the envelope's sender")},
    {"from-unlike-site", QT_TRANSLATE_NOOP("Finding", "From unlike the website")},
    {"from-unlike-submitter", QT_TRANSLATE_NOOP("Finding", "From unlike the login")},
    {"head-too-long", QT_TRANSLATE_NOOP("Finding", "Header too long")},
    {"hidden-characters", QT_TRANSLATE_NOOP("Finding", "Characters that cannot be seen")},
    {"long-line", QT_TRANSLATE_NOOP("Finding", "Line too long")},
    {"lost-fold", QT_TRANSLATE_NOOP("Finding", "Continuation line without its blank")},
    {"missing-date", QT_TRANSLATE_NOOP("Finding", "No Date")},
    {"missing-from", QT_TRANSLATE_NOOP("Finding", "No From")},
    {"missing-message-id", QT_TRANSLATE_NOOP("Finding", "No Message-ID")},
    {"name-shows-other-address", QT_TRANSLATE_NOOP("Finding", "The name shows another address")},
    {"no-header", QT_TRANSLATE_NOOP("Finding", "No header at all")},
    {"not-a-field", QT_TRANSLATE_NOOP("Finding", "A line that is no field")},
    {"nul-in-header", QT_TRANSLATE_NOOP("Finding", "NUL in the header")},
    {"received-below-submission", QT_TRANSLATE_NOOP("Finding", "Received field that may be forged")},
    {"received-without-date", QT_TRANSLATE_NOOP("Finding", "Received field without a date")},
    {"reply-to-elsewhere", QT_TRANSLATE_NOOP("Finding", "Replies go elsewhere")},
    {"script-header-over-smtp", QT_TRANSLATE_NOOP("Finding", "Script header that came over SMTP")},
    {"slow-hop", QT_TRANSLATE_NOOP("Finding", "A hop took long")},
    {"space-before-colon", QT_TRANSLATE_NOOP("Finding", "Blank before a colon")},
    {"too-many-fields", QT_TRANSLATE_NOOP("Finding", "Too many fields")},
    {"two-php-headers", QT_TRANSLATE_NOOP("Finding", "More than one script header")},
    {"two-vhosts", QT_TRANSLATE_NOOP("Finding", "More than one website header")},
    {"uid-differs", QT_TRANSLATE_NOOP("Finding", "Another user than the script's owner")},
}};

} // namespace

QString findingName(std::string_view anomaly)
{
    const auto found = std::ranges::find(Findings, anomaly, &Finding::id);
    if (found != Findings.end())
        return QCoreApplication::translate("Finding", found->name);
    return words::inert(anomaly);
}

} // namespace sluicegate::items
