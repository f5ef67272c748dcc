// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/reports.h"

#include "models/print/pdf.h"
#include "models/report/report.h"

#include <QFileInfo>
#include <QSaveFile>

namespace sluicegate::app {

namespace {

using base::FailureKind;

base::Result<void> writeBytes(const QString& file, const QByteArray& bytes)
{
    // Renaming over a device or a socket would take it away from the whole machine.
    if (const QFileInfo there(file); there.exists() && !there.isFile())
        return base::fail(FailureKind::WriteFailed, file.toStdString(), "is not a regular file");
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size() || !out.commit())
        return base::fail(FailureKind::WriteFailed, file.toStdString(), out.errorString().toStdString());
    return {};
}

} // namespace

std::optional<ReportFormat> reportFormat(const QString& file)
{
    const QString ending = QFileInfo(file).suffix().toLower();
    if (ending == u"html" || ending == u"htm")
        return ReportFormat::Html;
    if (ending == u"pdf")
        return ReportFormat::Pdf;
    if (ending == u"json")
        return ReportFormat::Json;
    if (ending == u"md")
        return ReportFormat::Markdown;
    return {};
}

base::Result<void> writeReport(const triage::Analysis& analysis, const QString& file,
    const readiness::Gate* gate, report::Remarks remarks)
{
    const auto format = reportFormat(file);
    if (!format)
        return base::fail(
            FailureKind::Usage, file.toStdString(), "a report's name ends in .html, .pdf, .json or .md");
    switch (*format) {
    case ReportFormat::Html:
        return writeBytes(file, report::html(analysis, gate, remarks).toUtf8());
    case ReportFormat::Pdf:
        return print::writePdf(
            report::printable(analysis, gate, remarks), report::title(analysis), file.toStdString());
    case ReportFormat::Json:
        return writeBytes(file, report::jsonText(report::json(analysis, gate, remarks)));
    case ReportFormat::Markdown:
        return writeBytes(file, report::markdown(analysis, gate, remarks).toUtf8());
    }
    return {};
}

} // namespace sluicegate::app
