import FetchCore

extension String {
    /// A media type in lowercase and without its parameters: `image/png` for `Image/PNG; name=a`.
    var mediaTypeEssence: String {
        let essence = utf8.prefix { $0 != UInt8(ascii: ";") }
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || ASCII.isNewline(byte) }
        return String(decoding: essence.filter { !isSpace($0) }.map(ASCII.lowercased), as: UTF8.self)
    }
}
