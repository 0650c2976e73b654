import FetchCore
import ModelsLabDeepfake
import ModelsLabFaceGen
import ModelsLabFaceSwap
import ModelsLabVideo

extension EndpointRegistry {
    /// Returns a registry with four of ModelsLab's families. A further family is one more argument.
    static func modelsLab() throws(FetchError) -> Self {
        try Self(.modelsLabFaceSwap, .modelsLabVideo, .modelsLabDeepfake, .modelsLabFaceGen)
    }
}
