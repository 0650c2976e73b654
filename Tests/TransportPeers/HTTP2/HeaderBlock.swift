/// An HPACK encoder (RFC 7541) that encodes every field as a literal without indexing.
enum HeaderBlock {
    static func encoded(_ fields: [(name: String, value: String)]) -> [UInt8] {
        fields.flatMap { [0] + string($0.name) + string($0.value) }
    }

    private static func string(_ value: String) -> [UInt8] { integer(value.utf8.count) + Array(value.utf8) }

    /// Encodes an integer with a 7-bit prefix and the Huffman bit unset (section 5.1).
    private static func integer(_ number: Int) -> [UInt8] {
        guard number >= 127 else { return [UInt8(number)] }
        var bytes: [UInt8] = [127]
        var rest = number - 127
        while rest >= 128 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}
