import Foundation

/// What stands in a `Retry-After` field, and what it means where that is beyond doubt.
struct RetryAfterText: Sendable {
    var text: String

    /// The seconds, where the text is a plain number of them.
    var seconds: Int?

    /// The moment, in seconds since 1970, where the text is a date of RFC 9110.
    var moment: Int?

    static func any(_ dice: inout Dice) -> Self {
        switch dice.below(6) {
        case 0:
            let seconds = Int(dice.next() >> (4 + UInt64(dice.below(59))))
            return Self(text: dice.oneIn(4) ? " \(seconds)\t" : "\(seconds)", seconds: seconds)
        case 1...2:
            let moment = dice.below(1 << (1 + dice.below(37)))
            return Self(text: date(moment, &dice), moment: moment)
        case 3:
            var bytes = Array(date(dice.below(1 << 35), &dice).utf8)
            for _ in 0...dice.below(3) { dice.pick(ByteMutation.allCases).apply(to: &bytes, &dice) }
            return Self(text: String(decoding: bytes, as: UTF8.self))
        case 4: return Self(text: dice.pick(OddValues.numbers))
        default: return Self(text: dice.pick(OddValues.texts))
        }
    }

    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let longDays = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// A date in one of RFC 9110's three formats, of which the second can't say in which century it is.
    private static func date(_ moment: Int, _ dice: inout Dice) -> String {
        let day = moment / 86_400
        let (year, month, dayOfMonth) = civil(day)
        let time = [moment / 3_600 % 24, moment / 60 % 60, moment % 60].map(twoDigits).joined(separator: ":")
        switch dice.below(3) {
        case 0 where (1970..<2070).contains(year):
            let date = "\(twoDigits(dayOfMonth))-\(months[month - 1])-\(twoDigits(year % 100))"
            return "\(longDays[day % 7]), \(date) \(time) GMT"
        case 1:
            let dayText = dayOfMonth < 10 ? " \(dayOfMonth)" : "\(dayOfMonth)"
            return "\(days[day % 7]) \(months[month - 1]) \(dayText) \(time) \(year)"
        default: return "\(days[day % 7]), \(twoDigits(dayOfMonth)) \(months[month - 1]) \(year) \(time) GMT"
        }
    }

    /// Year, month and day of a day since 1970, found by counting.
    private static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
        var (year, rest) = (1970 + day / 146_097 * 400, day % 146_097)
        func isLeap(_ year: Int) -> Bool { year % 4 == 0 && year % 100 != 0 || year % 400 == 0 }
        while rest >= (isLeap(year) ? 366 : 365) {
            rest -= isLeap(year) ? 366 : 365
            year += 1
        }
        var month = 1
        while true {
            let length = month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
            if rest < length { return (year, month, rest + 1) }
            rest -= length
            month += 1
        }
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
