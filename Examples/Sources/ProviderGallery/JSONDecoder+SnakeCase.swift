import Foundation

extension JSONDecoder {
    /// Reads `task_status` as `taskStatus`.
    static var snakeCase: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }
}
