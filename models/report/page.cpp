// SPDX-License-Identifier: GPL-3.0-or-later
// The pages: templates from resources/report/ filled with the document.
#include "models/report/document.h"
#include "models/report/report.h"

#include <KTextTemplate/Context>
#include <KTextTemplate/Engine>
#include <KTextTemplate/Template>

#include <QFile>

static void loadTemplates()
{
    Q_INIT_RESOURCE(report); // a static library's resources are not found without this
}

namespace sluicegate::report {

namespace {

QString read(const QString& resource)
{
    QFile file(resource);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

// If the template engine cannot load its tags, the facts must still reach the reader.
QString plainPage(const triage::Analysis& analysis, const QString& error)
{
    return QStringLiteral(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>%1</title></head><body><p>%2</p>"
        "<pre>%3</pre></body></html>")
        .arg(title(analysis).toHtmlEscaped(), error.toHtmlEscaped(), markdown(analysis).toHtmlEscaped());
}

QString render(const triage::Analysis& analysis, const readiness::Gate* gate, Remarks remarks,
    const QString& name, const Bounds& bounds)
{
    loadTemplates();
    KTextTemplate::Engine engine;
    engine.setSmartTrimEnabled(true);
    const KTextTemplate::Template page
        = engine.newTemplate(read(QStringLiteral(":/sluicegate/report/") + name), name);
    KTextTemplate::Context context(documentOf(analysis, bounds, gate, remarks));
    const QString text = page->render(&context);
    return page->error() == KTextTemplate::NoError ? text : plainPage(analysis, page->errorString());
}

} // namespace

QString html(const triage::Analysis& analysis, const readiness::Gate* gate, Remarks remarks)
{
    return render(analysis, gate, remarks, QStringLiteral("page.html"), Bounds {});
}

QString printable(const triage::Analysis& analysis, const readiness::Gate* gate, Remarks remarks)
{
    return render(analysis, gate, remarks, QStringLiteral("paper.html"), forPaper);
}

} // namespace sluicegate::report
