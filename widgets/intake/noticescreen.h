// SPDX-License-Identifier: GPL-3.0-or-later
// Step one: the provider's notice is pasted, dropped or opened, and read back as facts.
#pragma once

#include "models/desk/snapshot.h"

#include <QWidget>

namespace sluicegate::items {
class NoticeIdModel;
}
namespace sluicegate::common {
class StateView;
}

class QLabel;
class QStackedWidget;

namespace sluicegate::intake {

class NoticeFacts;
class NoticeText;

class NoticeScreen : public QWidget {
    Q_OBJECT
public:
    explicit NoticeScreen(QWidget* parent = nullptr);
    ~NoticeScreen() override;
    void show(const desk::Snapshot& snapshot, desk::Parts parts);

Q_SIGNALS:
    void noticeGiven(const QByteArray& raw);
    void openRequested();
    void demoRequested();
    void continueRequested();
    void journeyRequested(quint32 journey);

private:
    QWidget* left();
    QWidget* right();

    NoticeText* m_text;
    NoticeFacts* m_facts;
    common::StateView* m_empty;
    QStackedWidget* m_right;
    std::string m_shown; // the raw notice in the text field
};

} // namespace sluicegate::intake
