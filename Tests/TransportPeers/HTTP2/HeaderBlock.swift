/// Header fields as HPACK encodes them (RFC 7541) without compressing anything: each a literal without indexing.
enum HeaderBlock {
    static func encoded(_ fields: [(name: String, value: String)]) -> [UInt8] {
        fields.flatMap { [0] + string($0.name) + string($0.value) }
    }

    private static func string(_ text: String) -> [UInt8] { integer(text.utf8.count) + Array(text.utf8) }

    /// An integer with a prefix of seven bits, the bit for Huffman codes unset (section 5.1).
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
