/// The names that Windows reserves for devices, in each folder and with each extension
/// ([Naming files](https://learn.microsoft.com/windows/win32/fileio/naming-a-file)).
enum DeviceNames {
    private static let names: Set = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"]
    private static let numberedNames = ["COM", "LPT"]
    private static let numbers = "0123456789¹²³".unicodeScalars

    /// Returns true if the part of a file name before its first dot is the name of a device.
    static func contain(_ name: String) -> Bool {
        let base = name.unicodeScalars.prefix { $0 != "." }
        let text = FileNameCharacters.trimmed(String(Substring(base))).uppercased()
        if names.contains(text) { return true }
        return numberedNames.contains { prefix in
            let rest = text.unicodeScalars.dropFirst(prefix.unicodeScalars.count)
            return text.hasPrefix(prefix) && rest.count == 1 && rest.allSatisfy(numbers.contains)
        }
    }
}
