// SPDX-License-Identifier: GPL-3.0-or-later
// The verb `report`: a case once more, offline, and its reports.
#include "app/cli/cli.h"
#include "app/cli/interrupt.h"
#include "app/cli/reports.h"

#include "models/casefile/casefolder.h"
#include "models/words/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <filesystem>

namespace sluicegate::app {

namespace {

using base::FailureKind;

struct Report {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

bool isWithin(const std::filesystem::path& folder, const std::filesystem::path& file)
{
    std::error_code ignored;
    const auto above = std::filesystem::weakly_canonical(folder, ignored);
    const auto place = std::filesystem::weakly_canonical(std::filesystem::absolute(file), ignored);
    return std::mismatch(above.begin(), above.end(), place.begin(), place.end()).first == above.end();
}

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
    for (const QString& file : arguments.sliced(1))
        if (isWithin(folder, file.toStdString()))
            return base::fail(FailureKind::Usage, file.toStdString(),
                "lies inside the case, which holds evidence only; write the report beside it");
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
    return triage::analyse(std::move(*bundle), std::move(notice), {}, evidence::systemNow(), stop);
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
    for (const std::string& path : (*analysis)->bundle.altered) {
        say(Report::tr(
            "%1 is no longer what was recorded and was left out; \"sluicegate verify\" tells more.")
                .arg(words::inert(path)));
        code = NeedsAttention;
    }
    const auto notes = (*folder)->ledger()->notes();
    const readiness::Gate gate
        = readiness::evaluate(readiness::factsOf(**analysis, notes, evidence::systemNow()));
    const std::vector<casefile::Remark> remarks = (*folder)->remarks();
    for (const QString& file : arguments.sliced(1)) {
        if (const auto written = writeReport(**analysis, file, &gate, remarks); !written) {
            refuse(written.error());
            code = PartlyDone;
        }
    }
    return code;
}

} // namespace sluicegate::app
