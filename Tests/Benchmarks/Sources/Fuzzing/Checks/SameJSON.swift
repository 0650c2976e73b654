import FetchCore
import Foundation

/// A comparison of values as FetchKit and `JSONSerialization` read them.
enum SameJSON {
    /// Returns the path to the first difference, or nil if there is none.
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
        default: "\(path.isEmpty ? "the root" : path) is \(value), and \(type(of: other)) \(other)"
        }
    }

    private static func difference(_ members: [String: JSONValue], _ others: [String: Any], at path: String) -> String?
    {
        let others = others.filter { !$0.key.hasPrefix(ComparableJSON.unreadableName) }
        guard members.count == others.count else {
            return "\(path) has \(members.count) members, and \(others.count)"
        }
        for (name, member) in members {
            guard let other = others[name] else { return "\(path) has a member \(Shown.text(name)), and none" }
            if let difference = difference(member, other, at: "\(path).\(Shown.text(name))") { return difference }
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
        // A decimal number keeps 38 digits, and turns into a double digit by digit, so that errors add up.
        guard number is NSDecimalNumber, let other = Double(number.stringValue) else { return false }
        return abs(other - double) <= double.ulp
    }
}
