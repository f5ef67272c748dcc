// SPDX-License-Identifier: GPL-3.0-or-later
// A message as read, row by row: who handed it in, what is odd, its way, its envelope, its fields.
#pragma once

#include "models/items/letter.h"
#include "models/message/grade.h"

#include <QAbstractListModel>

#include <memory>
#include <optional>
#include <vector>

namespace sluicegate::items {

class LetterModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum class Kind { Section, Fact, Finding, Hop, Pair, Field, Remark };
    enum Role {
        SortRole = Qt::UserRole,
        KindRole,
        TextRole, // beside the label (DisplayRole)
        OtherRole, // of a pair: what the header says; of a hop: its delay in words
        NoteRole, // below, second rank
        OffsetRole, // byte in the message, invalid where there is none
        ShareRole, // of a hop: its delay as part of the longest, 0 to 1
        AlertRole, // a hop's clock runs behind, a pair disagrees
        GradeRole, // of a finding
        SubmissionRole, // the hop that took the message in
    };
    /// Rows beyond these are counted in one remark; the raw text has them.
    static constexpr std::size_t mostFields = 400;

    using QAbstractListModel::QAbstractListModel;
    void show(std::shared_ptr<const Letter> letter);
    const std::shared_ptr<const Letter>& letter() const { return m_letter; }
    /// The row that tells of the field at this byte: its hop, else the field, else a fact; -1 without any.
    int rowAt(std::size_t offset) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    struct Row {
        Kind kind = Kind::Fact;
        QString label {};
        QString text {};
        QString other {};
        QString note {};
        std::optional<std::size_t> offset {};
        double share = 0;
        bool alert = false;
        bool submission = false;
        message::Grade grade = message::Grade::Heuristic;
    };

private:
    QString spoken(const Row& row) const;

    std::shared_ptr<const Letter> m_letter;
    std::vector<Row> m_rows;
};

QString gradeName(message::Grade grade);
/// What the grade means, as one sentence.
QString gradeMeaning(message::Grade grade);
/// An anomaly's name for people; its id when it has none.
QString findingName(std::string_view anomaly);

} // namespace sluicegate::items
