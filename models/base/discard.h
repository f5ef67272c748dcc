// SPDX-License-Identifier: GPL-3.0-or-later
// Giving back gigabytes takes the kernel a tenth of a second: nobody who cancelled should wait for that.
#pragma once

#include <system_error>
#include <thread>
#include <utility>

namespace sluicegate::base {

/// Destroys the value on a thread of its own, which nobody waits for. Only for what holds nothing but memory.
template <typename T> void discard(T&& value)
{
    try {
        std::thread([held = std::forward<T>(value)] { }).detach();
    } catch (const std::system_error&) {
        // No thread to be had: then it is destroyed here.
    }
}

} // namespace sluicegate::base
