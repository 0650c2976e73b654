import FetchCore
import Foundation

/// A comparison of the values that FetchKit and `JSONSerialization` read.
enum JSONComparison {
    /// Returns a description of the first difference with its path; `nil` if the values are equal.
    static func difference(_ value: JSONValue, _ other: Any, at path: String = "") -> String? {
        switch (value, other) {
        case (.null, is NSNull): nil
        case (.string(let text), let other as String) where text.utf8.elementsEqual(other.utf8): nil
        case (.array(let elements), let other as [Any]) where elements.count == other.count:
            zip(elements, other).enumerated().lazy.compactMap { index, pair in
                difference(pair.0, pair.1, at: "\(path)[\(index)]")
            }.first
        case (.object(let members), let others as [String: Any]): difference(members, others, at: path)
        case (.bool(let isTrue), let number as NSNumber) where isBool(number) && number.boolValue == isTrue: nil
        case (.integer(let integer), let number as NSNumber) where !isBool(number) && isSame(integer, number): nil
        case (.number(let double), let number as NSNumber) where !isBool(number) && isSame(double, number): nil
        default: "\(path.isEmpty ? "the root" : path) is \(value) instead of \(type(of: other)) \(other)"
        }
    }

    private static func difference(_ members: [String: JSONValue], _ others: [String: Any], at path: String) -> String?
    {
        let others = others.filter { !$0.key.hasPrefix(ComparableJSON.unreadableName) }
        guard members.count == others.count else {
            return "\(path) has \(members.count) members instead of \(others.count)"
        }
        for (name, member) in members {
            guard let other = others[name] else { return "\(path) has an additional member \(Escaped.string(name))" }
            if let difference = difference(member, other, at: "\(path).\(Escaped.string(name))") { return difference }
        }
        return nil
    }

    private static func isBool(_ number: NSNumber) -> Bool {
        number === (true as NSNumber) || number === (false as NSNumber) || String(cString: number.objCType) == "c"
    }

    private static func isSame(_ integer: Int64, _ number: NSNumber) -> Bool {
        number.int64Value == integer || number.doubleValue == Double(integer)
    }

    private static func isSame(_ double: Double, _ number: NSNumber) -> Bool {
        if number.doubleValue == double { return true }
        // NSDecimalNumber has 38 digits, and its conversion to Double accumulates rounding errors.
        guard number is NSDecimalNumber, let other = Double(number.stringValue) else { return false }
        return abs(other - double) <= double.ulp
    }
}
