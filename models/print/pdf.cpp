// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/print/pdf.h"

#include <QAbstractTextDocumentLayout>
#include <QCoreApplication>
#include <QFileInfo>
#include <QGuiApplication>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>

#include <cmath>

namespace sluicegate::print {

namespace {

using base::FailureKind;

struct Print {
    Q_DECLARE_TR_FUNCTIONS(Print)
};

// Layout happens at 96 dots an inch, where Qt's px and pt agree with CSS; the painter scales it up.
constexpr int layoutDpi = 96;
constexpr int deviceDpi = 1200;
constexpr double scale = double(deviceDpi) / layoutDpi;
constexpr double headHeight = 34;
constexpr double footHeight = 30;

/// A document that never reads a file or the network, whatever its HTML asks for.
class ClosedDocument : public QTextDocument {
    using QTextDocument::QTextDocument;

protected:
    QVariant loadResource(int, const QUrl&) override { return {}; }
};

QFont bodyFont()
{
    QFont font(
        {QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans"), QStringLiteral("Liberation Sans")});
    font.setStyleHint(QFont::SansSerif);
    font.setPointSizeF(9.5);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

class Pages {
public:
    Pages(QPdfWriter& writer, const QString& html, const QString& title)
        : m_writer(writer), m_title(title), m_page(writer.width() / scale, writer.height() / scale)
    {
        QTextOption option = m_document.defaultTextOption();
        option.setUseDesignMetrics(true);
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        m_document.setDefaultTextOption(option);
        m_document.setDefaultFont(bodyFont());
        m_document.setDocumentMargin(0);
        m_document.setHtml(html);
        m_document.setPageSize(QSizeF(m_page.width(), m_page.height() - headHeight - footHeight));
    }

    // A heading at the foot of a page goes to the next one, with what it heads.
    void keepHeadings()
    {
        const double height = m_document.pageSize().height();
        for (QTextBlock block = m_document.begin(); block.isValid(); block = block.next()) {
            const int level = block.blockFormat().headingLevel();
            if (level == 0)
                continue;
            const QRectF rect = m_document.documentLayout()->blockBoundingRect(block);
            const double left = height - std::fmod(rect.top(), height);
            if (left > (level < 4 ? 120 : 60))
                continue;
            QTextBlockFormat format = block.blockFormat();
            format.setPageBreakPolicy(QTextFormat::PageBreak_AlwaysBefore);
            QTextCursor(block).setBlockFormat(format);
            // Qt's partial layout behind such a change loses text: lay out the whole again.
            m_document.setPageSize(m_document.pageSize());
        }
    }

    bool paint()
    {
        QPainter painter(&m_writer);
        if (!painter.isActive())
            return false;
        painter.scale(scale, scale);
        keepHeadings();
        const int count = m_document.pageCount();
        for (int page = 0; page < count; ++page) {
            if (page > 0 && !m_writer.newPage())
                return false;
            paintFrame(painter, page, count);
            paintBody(painter, page);
        }
        return painter.end();
    }

private:
    void paintFrame(QPainter& painter, int page, int count)
    {
        QFont small = bodyFont();
        small.setPixelSize(10);
        painter.setFont(small);
        painter.setPen(QColor(0x5a6068));
        const double width = m_page.width();
        const double footTop = m_page.height() - footHeight;
        if (page > 0) { // the first page carries the title itself
            const QString title = QFontMetricsF(small).elidedText(m_title, Qt::ElideMiddle, width * 0.98);
            painter.drawText(QRectF(0, 0, width, 16), Qt::AlignLeft | Qt::AlignVCenter, title);
            painter.fillRect(QRectF(0, 19, width, 0.6), QColor(0xc9ced4));
        }
        painter.fillRect(QRectF(0, footTop + 10, width, 0.6), QColor(0xc9ced4));
        const QRectF foot(0, footTop + 14, width, 16);
        painter.drawText(foot, Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("Sluicegate"));
        painter.drawText(
            foot, Qt::AlignRight | Qt::AlignVCenter, Print::tr("Page %1 of %2").arg(page + 1).arg(count));
    }

    void paintBody(QPainter& painter, int page)
    {
        const double height = m_document.pageSize().height();
        const QRectF view(0, page * height, m_page.width(), height);
        painter.save();
        painter.translate(0, headHeight - view.top());
        painter.setClipRect(view);
        QAbstractTextDocumentLayout::PaintContext context;
        // A line that only touches the page's edge belongs to the neighbour.
        context.clip = view.adjusted(0, 1, 0, -1);
        context.palette.setColor(QPalette::Text, QColor(0x1d2126));
        m_document.documentLayout()->draw(&painter, context);
        painter.restore();
    }

    QPdfWriter& m_writer;
    QString m_title;
    QSizeF m_page;
    ClosedDocument m_document;
};

std::string wordsOf(const QFileDevice& file)
{
    return file.errorString().toStdString();
}

} // namespace

base::Result<void> writePdf(const QString& html, const QString& title, const std::filesystem::path& file)
{
    if (!qobject_cast<QGuiApplication*>(QCoreApplication::instance()))
        return base::fail(FailureKind::Unsupported, file.string(), "no graphical application for PDF");
    const QString name = QString::fromStdString(file.string());
    // Renaming over a device or a socket would take it away from the whole machine.
    if (const QFileInfo there(name); there.exists() && !there.isFile())
        return base::fail(FailureKind::WriteFailed, file.string(), "is not a regular file");
    QSaveFile out(name);
    if (!out.open(QIODevice::WriteOnly))
        return base::fail(FailureKind::WriteFailed, file.string(), wordsOf(out));
    bool painted = false;
    {
        QPdfWriter writer(&out);
        writer.setTitle(title);
        writer.setCreator(QStringLiteral("Sluicegate"));
        writer.setResolution(deviceDpi);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins(QMarginsF(17, 12, 17, 10), QPageLayout::Millimeter);
        painted = Pages(writer, html, title).paint();
    }
    if (out.error() != QFileDevice::NoError || !painted || !out.commit())
        return base::fail(FailureKind::WriteFailed, file.string(), wordsOf(out));
    return {};
}

} // namespace sluicegate::print
