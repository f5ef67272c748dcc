// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress.h"

#include "models/words/words.h"

#include <QString>

#include <algorithm>
#include <cstdio>
#include <sys/ioctl.h>
#include <unistd.h>

namespace sluicegate::app {

namespace {

using namespace std::chrono_literals;

qsizetype columns()
{
    winsize size {};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col - 1 : 79;
}

QString lineOf(const evidence::Step& step)
{
    QString text = QStringLiteral("[%1/%2] ").arg(step.done).arg(std::max(step.planned, step.done));
    if (step.expected > 0)
        text += QStringLiteral("%1 / %2 ").arg(words::size(step.received), words::size(step.expected));
    else if (step.received > 0)
        text += words::size(step.received) + u' ';
    text += words::inert(step.what);
    return text.left(columns());
}

} // namespace

ProgressLine::ProgressLine() : m_terminal(::isatty(STDERR_FILENO) != 0) { }

ProgressLine::~ProgressLine()
{
    clear();
}

void ProgressLine::show(const evidence::Step& step)
{
    const auto now = std::chrono::steady_clock::now();
    if (!m_terminal || (m_shown && now - m_last < 100ms))
        return;
    m_last = now;
    m_shown = true;
    std::fprintf(stderr, "\r\x1b[K%s", lineOf(step).toUtf8().constData());
    std::fflush(stderr);
}

void ProgressLine::clear()
{
    if (m_shown)
        std::fputs("\r\x1b[K", stderr);
    m_shown = false;
}

} // namespace sluicegate::app
