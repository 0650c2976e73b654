extension JSONParser {
    /// Reads the array that begins here.
    mutating func array() throws(JSONFlaw) -> JSONValue {
        try enter()
        var elements: [JSONValue] = []
        if !passes(UInt8(ascii: "]")) {
            repeat {
                let element = try value()
                if purpose == .value { elements.append(element) }
            } while passes(UInt8(ascii: ","))
            guard passes(UInt8(ascii: "]")) else { throw .syntax("an element isn't followed by a comma", at: index) }
        }
        depth -= 1
        return .array(elements)
    }

    /// Reads the object that begins here.
    mutating func object() throws(JSONFlaw) -> JSONValue {
        try enter()
        let first = members.count
        if !passes(UInt8(ascii: "}")) {
            repeat {
                skipSpace()
                guard !isAtEnd, next == UInt8(ascii: "\"") else { throw .syntax("a member has no name", at: index) }
                let name = try string()
                guard passes(UInt8(ascii: ":")) else { throw .syntax("a name isn't followed by a colon", at: index) }
                let value = try value()
                if purpose == .value, let name { members.append(Member(name: name, value: value)) }
            } while passes(UInt8(ascii: ","))
            guard passes(UInt8(ascii: "}")) else { throw .syntax("a member isn't followed by a comma", at: index) }
        }
        depth -= 1
        return .object(takeMembers(from: first))
    }

    /// Makes an object of the members from that one on.
    private mutating func takeMembers(from first: Int) -> [String: JSONValue] {
        guard first < members.count else { return [:] }
        var object = [String: JSONValue](minimumCapacity: members.count - first)
        while members.count > first {
            // The last one comes first, and stays if its name comes again. Taken out, it isn't copied.
            let member = members.removeLast()
            if let later = object.updateValue(member.value, forKey: member.name) { object[member.name] = later }
        }
        return object
    }

    /// Passes the bracket that opens an array or object.
    private mutating func enter() throws(JSONFlaw) {
        depth += 1
        guard depth <= limits.depth else {
            throw JSONFlaw(reason: "is nested deeper than \(limits.depth) levels", offset: index)
        }
        index += 1
    }
}
