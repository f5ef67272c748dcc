// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/casefile/bytesjson.h"

#include <QJsonObject>
#include <QStringConverter>

namespace sluicegate::casefile {

// Paths and messages of a server are bytes. What is no UTF-8 is kept as base64, in an object.
QJsonValue fromBytes(const std::string& bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(QByteArrayView(bytes.data(), qsizetype(bytes.size())));
    if (!decoder.hasError())
        return text;
    return QJsonObject {
        {QStringLiteral("base64"), QString::fromLatin1(QByteArray::fromStdString(bytes).toBase64())}};
}

std::string toBytes(const QJsonValue& value)
{
    if (value.isObject())
        return QByteArray::fromBase64(value[QLatin1String("base64")].toString().toLatin1()).toStdString();
    return value.toString().toStdString();
}

} // namespace sluicegate::casefile
