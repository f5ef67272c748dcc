// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/message/inspection.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size)
{
    const auto inspection = sluicegate::message::inspect({reinterpret_cast<const char*>(bytes), size});
    for (const auto& field : inspection.fields)
        if (field.offset >= size || inspection.bodyOffset > size)
            __builtin_trap();
    return 0;
}
