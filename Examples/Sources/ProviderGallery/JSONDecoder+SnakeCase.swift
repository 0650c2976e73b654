import Foundation

extension JSONDecoder {
    /// A new decoder that converts keys from snake case: `task_status` becomes `taskStatus`.
    static var snakeCase: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }
}
