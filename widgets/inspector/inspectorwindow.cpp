// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/inspectorwindow.h"

#include "widgets/common/pieces.h"
#include "widgets/common/theme.h"
#include "widgets/inspector/inspector.h"

#include <QVBoxLayout>

namespace sluicegate::inspector {

using common::Step;

InspectorWindow::InspectorWindow(QWidget* parent) : QDialog(parent), m_inspector(new Inspector)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowFlag(Qt::WindowMaximizeButtonHint);
    setObjectName(QStringLiteral("inspectorWindow"));
    setWindowTitle(tr("Inspect a message"));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(2 * Step, 2 * Step, 2 * Step, 2 * Step);
    rows->addWidget(m_inspector);
    resize(1120, 660);
    connect(m_inspector, &Inspector::opened, this,
        [this](const QString& name) { setWindowTitle(tr("Message %1").arg(name)); });
}

} // namespace sluicegate::inspector
