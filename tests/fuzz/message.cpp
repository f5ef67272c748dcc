// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/message/inspection.h"
#include "models/message/plaintext.h"
#include "models/message/shape.h"

using namespace sluicegate;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto inspection = message::inspect(text);
    for (const auto& field : inspection.fields)
        if (field.offset >= size || inspection.bodyOffset > size)
            __builtin_trap();
    message::templatesOf({&inspection, &inspection});
    if (message::textOfHtml(text, 1000).size() > 2000)
        __builtin_trap();
    return 0;
}
