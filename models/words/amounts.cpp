// SPDX-License-Identifier: GPL-3.0-or-later
// Times, sizes and durations as people read them.
#include "models/words/amounts.h"

#include "models/words/words.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <format>

namespace sluicegate::words {

namespace {

struct Amounts {
    Q_DECLARE_TR_FUNCTIONS(Amount)
};

} // namespace

QString when(base::Instant at)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
    return QString::fromStdString(std::format("{:%F %T} UTC", seconds));
}

QString size(std::uint64_t bytes)
{
    return QLocale().formattedDataSize(qint64(bytes), 1, QLocale::DataSizeIecFormat);
}

QString span(std::chrono::seconds duration)
{
    const auto all = std::chrono::abs(duration).count();
    const std::array<QString, 4> parts {
        Amounts::tr("%1 d").arg(all / 86400),
        Amounts::tr("%1 h").arg(all / 3600 % 24),
        Amounts::tr("%1 min").arg(all / 60 % 60),
        Amounts::tr("%1 s").arg(all % 60),
    };
    const std::array<long, 4> values {all / 86400, all / 3600 % 24, all / 60 % 60, all % 60};
    for (std::size_t i = 0; i < 4; ++i) {
        if (values.at(i) == 0)
            continue;
        const bool alone = i == 3 || values.at(i + 1) == 0;
        return alone ? parts.at(i) : parts.at(i) + u' ' + parts.at(i + 1);
    }
    return parts[3];
}

} // namespace sluicegate::words
