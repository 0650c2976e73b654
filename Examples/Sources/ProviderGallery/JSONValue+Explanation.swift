import FetchCore

extension JSONValue {
    /// The words or the code that explain an answer, whether written as a text or as a number. What can't be read as
    /// either is left out, and doesn't cost the rest of the answer.
    var explanation: String? {
        let words = string ?? integer.map(String.init)
        return words?.isEmpty == true ? nil : words
    }
}
