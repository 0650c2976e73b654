import Foundation

/// A `Retry-After` value with its expected meaning, if that is unambiguous.
struct RetryAfterSample: Sendable {
    /// The value of the header field.
    var text: String

    /// The number of seconds if the value is a valid number.
    var seconds: Int?

    /// The date in seconds since 1970 if the value is a valid date of RFC 9110.
    var moment: Int?

    static func any(_ random: inout SeededRandom) -> Self {
        switch random.below(6) {
        case 0:
            let seconds = Int(random.next() >> (4 + UInt64(random.below(59))))
            return Self(text: random.oneIn(4) ? " \(seconds)\t" : "\(seconds)", seconds: seconds)
        case 1...2:
            let moment = random.below(1 << (1 + random.below(37)))
            return Self(text: date(moment, &random), moment: moment)
        case 3:
            var bytes = Array(date(random.below(1 << 35), &random).utf8)
            for _ in 0...random.below(3) { random.pick(ByteMutation.allCases).apply(to: &bytes, &random) }
            return Self(text: String(decoding: bytes, as: UTF8.self))
        case 4: return Self(text: random.pick(OddValues.numbers))
        default: return Self(text: random.pick(OddValues.strings))
        }
    }

    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let longDays = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Returns a date in one of RFC 9110's three formats. The RFC 850 format is only used for years that it can
    /// represent.
    private static func date(_ moment: Int, _ random: inout SeededRandom) -> String {
        let day = moment / 86_400
        let (year, month, dayOfMonth) = civil(day)
        let time = [moment / 3_600 % 24, moment / 60 % 60, moment % 60].map(twoDigits).joined(separator: ":")
        switch random.below(3) {
        case 0 where (1970..<2070).contains(year):
            let date = "\(twoDigits(dayOfMonth))-\(months[month - 1])-\(twoDigits(year % 100))"
            return "\(longDays[day % 7]), \(date) \(time) GMT"
        case 1:
            let dayText = dayOfMonth < 10 ? " \(dayOfMonth)" : "\(dayOfMonth)"
            return "\(days[day % 7]) \(months[month - 1]) \(dayText) \(time) \(year)"
        default: return "\(days[day % 7]), \(twoDigits(dayOfMonth)) \(months[month - 1]) \(year) \(time) GMT"
        }
    }

    /// Returns the year, month and day for a number of days since 1970.
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
