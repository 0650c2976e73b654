/// A kind of very large body, to find operations whose time grows faster than the size.
enum GiantBody: CaseIterable, Sendable {
    case brackets, braces, elements, sameMembers, members, backslashes, escapes, percents, entities, numericEntities
    case digits, space, keyPrefixes, invalidBytes, links, base64

    func bytes(_ canary: Canary, _ random: inout SeededRandom) -> [UInt8] {
        let size = random.pick([1 << 16, 1 << 18, 1 << 20, 1 << 22])
        func filled(_ piece: String) -> String { String(repeating: piece, count: size / max(piece.utf8.count, 1)) }
        switch self {
        case .brackets: return Array(filled("[").utf8)
        case .braces: return Array(filled(#"{"output":"#).utf8)
        case .elements: return Array(#"{"status":"success","output":[\#(filled("0,"))0]}"#.utf8)
        case .sameMembers: return Array(#"{\#(filled(#""status":"success","#))"id":1}"#.utf8)
        case .members:
            let members = (0..<size / 16).map { #""m\#($0)":\#($0)"# }.joined(separator: ",")
            return Array("{\"status\":\"processing\",\(members)}".utf8)
        case .backslashes: return Array(#"{"status":"\#(filled(#"\\"#))"}"#.utf8)
        case .escapes: return Array(#"{"message":"\#(filled(#"\u0041"#))"}"#.utf8)
        case .percents: return Array(#"{"message":"\#(filled(random.pick(["%", "%25", "%2", "%41"])))"}"#.utf8)
        case .entities: return Array(#"{"message":"\#(filled(random.pick(["&amp;", "&a", "&", "&#"])))"}"#.utf8)
        case .numericEntities: return Array(#"{"message":"\#(filled("&#107;"))"}"#.utf8)
        case .digits: return Array(#"{"status":"processing","eta":1\#(filled("7"))}"#.utf8)
        case .space: return Array(filled(" \n").utf8) + Array("{}".utf8)
        case .keyPrefixes: return Array(#"{"message":"\#(filled(String(canary.key.dropLast())))"}"#.utf8)
        case .invalidBytes: return Array(repeating: random.pick([0xFF, 0x80, 0xC3, 0]), count: size)
        case .links:
            let links = filled(#""https://cdn.example.com/generations/a.png","#)
            return Array(#"{"status":"success","output":[\#(links)null],"images":[\#(links)null]}"#.utf8)
        case .base64: return Array(#"{"status":"succeeded","output":"data:image/png;base64,\#(filled("AAAA"))"}"#.utf8)
        }
    }
}
