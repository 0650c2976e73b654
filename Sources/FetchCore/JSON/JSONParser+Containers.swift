extension JSONParser {
    /// Parses an array. The next byte is its opening bracket.
    mutating func array() throws(JSONParsingError) -> JSONValue {
        try enter()
        var elements: [JSONValue] = []
        if !skips(UInt8(ascii: "]")) {
            repeat {
                let element = try value()
                if purpose == .value { elements.append(element) }
            } while skips(UInt8(ascii: ","))
            guard skips(UInt8(ascii: "]")) else { throw .syntax("expected ',' or ']' after an element", at: index) }
        }
        depth -= 1
        return .array(elements)
    }

    /// Parses an object. The next byte is its opening brace.
    mutating func object() throws(JSONParsingError) -> JSONValue {
        try enter()
        let first = members.count
        if !skips(UInt8(ascii: "}")) {
            repeat {
                skipSpace()
                guard !isAtEnd, next == UInt8(ascii: "\"") else { throw .syntax("expected a member name", at: index) }
                let name = try string()
                guard skips(UInt8(ascii: ":")) else { throw .syntax("expected ':' after a member name", at: index) }
                let value = try value()
                if purpose == .value, let name { members.append(Member(name: name, value: value)) }
            } while skips(UInt8(ascii: ","))
            guard skips(UInt8(ascii: "}")) else { throw .syntax("expected ',' or '}' after a member", at: index) }
        }
        depth -= 1
        return .object(takeMembers(from: first))
    }

    /// Removes the members from index `first` on and returns them as an object.
    private mutating func takeMembers(from first: Int) -> [String: JSONValue] {
        guard first < members.count else { return [:] }
        var object = [String: JSONValue](minimumCapacity: members.count - first)
        while members.count > first {
            // Members are moved out from the end, which avoids copies. The last one of a repeated name takes
            // precedence.
            let member = members.removeLast()
            if let later = object.updateValue(member.value, forKey: member.name) { object[member.name] = later }
        }
        return object
    }

    /// Skips the opening bracket or brace of a container, and checks the nesting depth.
    private mutating func enter() throws(JSONParsingError) {
        depth += 1
        guard depth <= limits.depth else {
            throw JSONParsingError(reason: "is nested deeper than \(limits.depth) levels", offset: index)
        }
        index += 1
    }
}
