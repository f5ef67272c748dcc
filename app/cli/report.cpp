// SPDX-License-Identifier: GPL-3.0-or-later
// The verb `report`: a case once more, offline, and its reports.
#include "app/cli/cli.h"
#include "app/cli/interrupt.h"
#include "app/cli/reports.h"

#include "models/casefile/casefolder.h"

namespace sluicegate::app {

namespace {

using base::FailureKind;

base::Result<void> check(const QStringList& arguments)
{
    if (arguments.size() < 2)
        return base::fail(FailureKind::Usage, "report", "needs a case and at least one report to write");
    for (const QString& file : arguments.sliced(1)) {
        if (!reportFormat(file))
            return base::fail(
                FailureKind::Usage, file.toStdString(), "a report's name ends in .html, .pdf, .json or .md");
    }
    const std::filesystem::path folder = arguments.first().toStdString();
    std::error_code ignored;
    if (!std::filesystem::exists(folder, ignored))
        return base::fail(FailureKind::NotFound, folder.string());
    if (!casefile::CaseFolder::isCase(folder))
        return base::fail(FailureKind::NotUnderstood, folder.string(), "is not a case folder");
    return {};
}

base::Result<std::shared_ptr<const triage::Analysis>> analysed(
    const casefile::CaseFolder& folder, std::stop_token stop)
{
    auto bundle = folder.bundle();
    if (!bundle)
        return std::unexpected(bundle.error());
    std::optional<notice::Notice> notice;
    if (const auto bytes = folder.notice()) {
        auto read = notice::read(*bytes);
        if (!read)
            return std::unexpected(read.error());
        notice = std::move(*read);
    }
    const auto now
        = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    return triage::analyse(std::move(*bundle), std::move(notice), {}, now, stop);
}

} // namespace

int report(const QStringList& arguments)
{
    if (const auto checked = check(arguments); !checked)
        return refuse(checked.error());
    const Interrupt interrupt;
    auto folder = casefile::CaseFolder::open(arguments.first().toStdString());
    if (!folder)
        return refuse(folder.error());
    const auto analysis = analysed(**folder, interrupt.token());
    if (!analysis)
        return refuse(analysis.error());
    int code = Done;
    for (const QString& file : arguments.sliced(1)) {
        if (const auto written = writeReport(**analysis, file); !written) {
            refuse(written.error());
            code = PartlyDone;
        }
    }
    return code;
}

} // namespace sluicegate::app
