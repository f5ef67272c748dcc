// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/letterdelegate.h"

#include "models/items/lettermodel.h"
#include "widgets/common/marks.h"
#include "widgets/common/theme.h"

#include <QAbstractItemView>
#include <QPainter>

#include <algorithm>

namespace sluicegate::inspector {

using common::Step;
using common::theme;
using items::LetterModel;
using Kind = LetterModel::Kind;

namespace {

constexpr int Wrap = Qt::TextWordWrap | Qt::AlignTop | Qt::AlignLeading;
constexpr int Margin = 2 * Step;
constexpr qsizetype LongestText = 300; // signs; the raw text beside it has the rest

/// A row taken apart for painting: the same places serve the painter and the height.
class Row {
public:
    Row(const QStyleOptionViewItem& option, const QModelIndex& index, int width)
        : m_option(option)
        , m_index(index)
        , m_kind(Kind(index.data(LetterModel::KindRole).toInt()))
        , m_small(common::smallFont(option.font))
        , m_width(width)
        , m_label(std::min(17 * Step, width / 3))
    {
    }

    int height() const
    {
        switch (m_kind) {
        case Kind::Section:
            return lineOf(m_option.font) + 2 * Step + 2
                + (data(LetterModel::TextRole).isEmpty() ? 0 : lineOf(m_small) + Step / 2);
        case Kind::Hop:
            return tall(m_option.font, index().data().toString(), valueWidth())
                + tall(m_option.font, data(LetterModel::TextRole), valueWidth())
                + tall(m_small, data(LetterModel::NoteRole), valueWidth()) + Step + 2;
        case Kind::Finding:
            return tall(m_option.font, index().data().toString(), valueWidth())
                + tall(m_small, data(LetterModel::NoteRole), valueWidth()) + Step;
        case Kind::Pair:
            return std::max({tall(m_option.font, data(LetterModel::TextRole), halfWidth()),
                       tall(m_option.font, data(LetterModel::OtherRole), halfWidth()), labelHeight()})
                + Step / 2;
        case Kind::Remark:
            return tall(m_option.font, data(LetterModel::TextRole), m_width - 2 * Margin) + Step / 2;
        case Kind::Fact:
        case Kind::Field:
            break;
        }
        return std::max(tall(m_option.font, data(LetterModel::TextRole), valueWidth()), labelHeight())
            + Step / 2;
    }

    void paint(QPainter& painter) const
    {
        ground(painter);
        switch (m_kind) {
        case Kind::Section:
            return section(painter);
        case Kind::Hop:
            return hop(painter);
        case Kind::Finding:
            return finding(painter);
        case Kind::Pair:
            return pair(painter);
        case Kind::Remark:
            return void(text(painter, m_option.font, theme().muted, data(LetterModel::TextRole), Margin,
                m_width - 2 * Margin, Step / 4));
        case Kind::Fact:
        case Kind::Field:
            label(painter);
            text(painter, m_option.font, theme().text, data(LetterModel::TextRole), valueLeft(), valueWidth(),
                Step / 4);
        }
    }

private:
    const QModelIndex& index() const { return m_index; }
    QString data(LetterModel::Role role) const { return m_index.data(role).toString(); }
    int valueLeft() const { return Margin + m_label; }
    int valueWidth() const { return std::max(4 * Step, m_width - valueLeft() - Margin); }
    int halfWidth() const { return (valueWidth() - 2 * Step) / 2; }
    static int lineOf(const QFont& font) { return QFontMetrics(font).height(); }
    int labelHeight() const { return tall(m_option.font, index().data().toString(), m_label - Step); }

    static QString shown(const QString& text)
    {
        const QString kept = text.size() > LongestText ? text.left(LongestText) + u'…' : text;
        return common::breakable(common::isolated(kept));
    }

    static int tall(const QFont& font, const QString& text, int width)
    {
        return text.isEmpty()
            ? 0
            : QFontMetrics(font).boundingRect(QRect(0, 0, width, 100000), Wrap, shown(text)).height();
    }

    /// A place counted from the row's reading side and top.
    QRect place(int left, int top, int width, int height) const
    {
        const QRect from(m_option.rect.left() + left, m_option.rect.top() + top, width, height);
        return QStyle::visualRect(m_option.direction, m_option.rect, from);
    }

    int text(QPainter& painter, const QFont& font, const QColor& ink, const QString& words, int left,
        int width, int top) const
    {
        if (words.isEmpty())
            return top;
        const int height = tall(font, words, width);
        painter.setFont(font);
        painter.setPen(ink);
        painter.drawText(place(left, top, width, height), Wrap, shown(words));
        return top + height;
    }

    void ground(QPainter& painter) const
    {
        if (!m_option.state.testFlag(QStyle::State_Selected))
            return;
        painter.fillRect(m_option.rect, theme().accentSoft);
        if (m_option.state.testFlag(QStyle::State_HasFocus))
            painter.fillRect(place(0, 0, 3, m_option.rect.height()), theme().accent);
    }

    void label(QPainter& painter) const
    {
        text(painter, m_option.font, theme().muted, index().data().toString(), Margin, m_label - Step,
            Step / 4);
    }

    void section(QPainter& painter) const
    {
        const int top = Step + 2;
        QFont font = m_option.font;
        font.setWeight(QFont::DemiBold);
        const int below
            = text(painter, font, theme().text, index().data().toString(), Margin, m_width - 2 * Margin, top)
            + Step / 2;
        text(painter, m_small, theme().muted, data(LetterModel::TextRole), valueLeft(), halfWidth(), below);
        text(painter, m_small, theme().muted, data(LetterModel::OtherRole),
            valueLeft() + halfWidth() + 2 * Step, halfWidth(), below);
    }

    // A chain of dots between the delay and the hop; the one that took the message in is full.
    void hop(QPainter& painter) const
    {
        const bool submission = index().data(LetterModel::SubmissionRole).toBool();
        const QRect dot = place(valueLeft() - 2 * Step, Step / 2 + 3, 9, 9);
        const int middle = dot.center().x();
        painter.setPen(QPen(theme().border, 1));
        const bool first = kindBeside(-1) != Kind::Hop;
        const bool last = kindBeside(1) != Kind::Hop;
        painter.drawLine(middle, first ? dot.center().y() : m_option.rect.top(), middle,
            last ? dot.center().y() : m_option.rect.bottom());
        painter.setPen(QPen(submission ? theme().accent : theme().muted, 1.6));
        painter.setBrush(submission ? theme().accent : theme().surface);
        painter.drawEllipse(dot);
        int top = text(painter, m_option.font, theme().text, index().data().toString(), valueLeft(),
            valueWidth(), Step / 2);
        top = text(painter, m_option.font, theme().text, data(LetterModel::TextRole), valueLeft(),
            valueWidth(), top);
        text(painter, m_small, theme().muted, data(LetterModel::NoteRole), valueLeft(), valueWidth(), top);
        delay(painter, submission);
    }

    Kind kindBeside(int step) const
    {
        const QModelIndex beside = m_index.siblingAtRow(m_index.row() + step);
        return beside.isValid() ? Kind(beside.data(LetterModel::KindRole).toInt()) : Kind::Section;
    }

    void delay(QPainter& painter, bool submission) const
    {
        const int room = m_label - 3 * Step;
        int top = Step / 2;
        if (submission)
            top = text(
                painter, m_small, theme().accent, LetterDelegate::tr("handed in here"), Margin, room, top);
        const QString words = data(LetterModel::OtherRole);
        if (words.isEmpty())
            return;
        const bool alert = index().data(LetterModel::AlertRole).toBool();
        top = text(painter, m_small, alert ? theme().bad : theme().muted, words, Margin, room, top) + 3;
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().border);
        painter.drawRoundedRect(place(Margin, top, room, 4), 2, 2);
        const int length = std::max(3, int(room * index().data(LetterModel::ShareRole).toDouble()));
        painter.setBrush(alert ? theme().bad : theme().accent);
        painter.drawRoundedRect(place(Margin, top, length, 4), 2, 2);
    }

    void finding(QPainter& painter) const
    {
        const auto grade = message::Grade(index().data(LetterModel::GradeRole).toInt());
        const QColor ink = grade == message::Grade::Direct ? theme().bad
            : grade == message::Grade::Correlated          ? theme().warn
                                                           : theme().muted;
        const QString name = items::gradeName(grade);
        const int wide = std::min(m_label - Step, QFontMetrics(m_small).horizontalAdvance(name) + 2 * Step);
        const QRect pill = place(Margin, Step / 2, wide, lineOf(m_small) + 2);
        painter.setPen(QPen(ink, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(
            QRectF(pill).adjusted(0.5, 0.5, -0.5, -0.5), pill.height() / 2.0, pill.height() / 2.0);
        painter.setFont(m_small);
        painter.drawText(pill, Qt::AlignCenter, name);
        const int top = text(painter, m_option.font, theme().text, index().data().toString(), valueLeft(),
            valueWidth(), Step / 2);
        text(painter, m_small, theme().muted, data(LetterModel::NoteRole), valueLeft(), valueWidth(), top);
    }

    void pair(QPainter& painter) const
    {
        const QColor ink = index().data(LetterModel::AlertRole).toBool() ? theme().bad : theme().text;
        label(painter);
        text(painter, m_option.font, ink, data(LetterModel::TextRole), valueLeft(), halfWidth(), Step / 4);
        text(painter, m_option.font, ink, data(LetterModel::OtherRole), valueLeft() + halfWidth() + 2 * Step,
            halfWidth(), Step / 4);
    }

    const QStyleOptionViewItem& m_option;
    const QModelIndex& m_index;
    Kind m_kind;
    QFont m_small;
    int m_width;
    int m_label;
};

} // namespace

QSize LetterDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const int width = view ? view->viewport()->width() : 50 * Step;
    return {10 * Step, Row(option, index, width).height()};
}

void LetterDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setLayoutDirection(option.direction);
    Row(option, index, option.rect.width()).paint(*painter);
    painter->restore();
}

} // namespace sluicegate::inspector
