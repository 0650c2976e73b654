import FetchCore
import ModelsLabDeepfake
import ModelsLabFaceGen
import ModelsLabFaceSwap
import ModelsLabVideo

extension EndpointRegistry {
    /// Everything that can be asked for by name here. A new family is one more word in this line.
    static func modelsLab() throws(FetchError) -> Self {
        try Self(.modelsLabFaceSwap, .modelsLabVideo, .modelsLabDeepfake, .modelsLabFaceGen)
    }
}
