// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ssh/publickey.h"

#include <QByteArray>
#include <QCryptographicHash>

#include <algorithm>

namespace sluicegate::ssh {

std::string base64(std::string_view bytes)
{
    return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())).toBase64().toStdString();
}

std::optional<std::string> fromBase64(std::string_view text)
{
    const auto bytes
        = QByteArray::fromBase64Encoding(QByteArray(text.data(), static_cast<qsizetype>(text.size())),
            QByteArray::AbortOnBase64DecodingErrors);
    return bytes ? std::optional(bytes.decoded.toStdString()) : std::nullopt;
}

std::optional<PublicKey> publicKey(std::string blob)
{
    if (blob.size() < 4)
        return std::nullopt;
    std::size_t length = 0;
    for (const char c : blob.substr(0, 4))
        length = length << 8 | static_cast<unsigned char>(c);
    if (length == 0 || length > 64 || length > blob.size() - 4)
        return std::nullopt;
    auto type = blob.substr(4, length);
    if (!std::ranges::all_of(type, [](char c) { return c > ' ' && c <= '~'; }))
        return std::nullopt;
    return PublicKey {.type = std::move(type), .blob = std::move(blob)};
}

std::optional<PublicKey> publicKey(ssh_key key)
{
    char* text = nullptr;
    if (key == nullptr || ssh_pki_export_pubkey_base64(key, &text) != SSH_OK)
        return std::nullopt;
    const TextHandle owner(text);
    return fromBase64(text).and_then([](std::string blob) { return publicKey(std::move(blob)); });
}

std::string fingerprint(const PublicKey& key)
{
    const auto hash = QCryptographicHash::hash(
        QByteArrayView(key.blob.data(), static_cast<qsizetype>(key.blob.size())), QCryptographicHash::Sha256);
    return "SHA256:" + hash.toBase64(QByteArray::OmitTrailingEquals).toStdString();
}

std::string knownHostsName(std::string_view host, unsigned port)
{
    std::string name(host);
    std::ranges::transform(
        name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return port == 22 ? name : "[" + name + "]:" + std::to_string(port);
}

std::string knownHostsLine(std::string_view name, const PublicKey& key)
{
    return std::string(name) + ' ' + key.type + ' ' + base64(key.blob);
}

} // namespace sluicegate::ssh
