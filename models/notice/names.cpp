// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/notice/notice.h"

namespace sluicegate::notice {

std::string_view name(Kind kind)
{
    switch (kind) {
    case Kind::FreeText:
        return "free-text";
    case Kind::Ovh:
        return "ovh";
    case Kind::Arf:
        return "arf";
    case Kind::SpamCop:
        return "spamcop";
    case Kind::Hetzner:
        return "hetzner";
    case Kind::Spamhaus:
        return "spamhaus";
    case Kind::Email:
        return "email";
    case Kind::Json:
        return "json";
    }
    return "unknown";
}

std::string_view name(Shape shape)
{
    switch (shape) {
    case Shape::Unknown:
        return "unknown";
    case Shape::PostfixShort:
        return "postfix-short";
    case Shape::PostfixLong:
        return "postfix-long";
    case Shape::Exim:
        return "exim";
    case Shape::PhpMailer:
        return "phpmailer";
    case Shape::Uuid:
        return "uuid";
    case Shape::Qmail:
        return "qmail";
    }
    return "unknown";
}

} // namespace sluicegate::notice
