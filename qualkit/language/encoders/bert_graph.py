"""A BERT encoder (Devlin et al. 2019, arXiv 1810.04805) as an ONNX graph: one sentence of tokens in, one vector out.

One sentence at a time needs neither padding nor a mask, so its vector cannot depend on its neighbours. The graph is
built from the published weights: the last layer's tokens are averaged and brought to length one.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

LAYERS, HEADS = 6, 12
SMALLEST = 1e-12  # below this a variance counts as zero, as in training
OPERATORS = 20  # version of ONNX's operators; the first that has Gelu
FORMAT = 9  # of the file, for runtimes that are older than the library that writes it

Weights = Mapping[str, NDArray[np.float32]]


def session(safetensors: bytes) -> Any:
    """An ONNX Runtime session that uses one thread, so that a process may run as many at once as it has cores."""
    import onnxruntime
    from safetensors.numpy import load

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    model = _Graph(load(safetensors)).model()
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


class _Graph:
    """Names of values are those of the published weights, shortened."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._width = weights["embeddings.word_embeddings.weight"].shape[1]
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def model(self) -> Any:
        from onnx import TensorProto, helper

        said = self._embedded()
        for layer in range(LAYERS):
            said = self._layer(said, f"encoder.layer.{layer}.")
        mean = self._node("ReduceMean", said, "zero", keepdims=0)
        self._node("LpNormalization", mean, axis=0, p=2, out="vector")
        tokens = helper.make_tensor_value_info("tokens", TensorProto.INT64, ["count"])
        vector = helper.make_tensor_value_info("vector", TensorProto.FLOAT, [self._width])
        graph = helper.make_graph(self._nodes, "bert", [tokens], [vector], self._constants)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPERATORS)], ir_version=FORMAT)

    def _embedded(self) -> str:
        words = self._constant("words", self._weights["embeddings.word_embeddings.weight"])
        places = self._weights["embeddings.position_embeddings.weight"]
        one_text = self._weights["embeddings.token_type_embeddings.weight"][0]
        zero = self._constant("zero", np.array([0], np.int64))
        self._constant("places", places + one_text)
        self._constant("split", np.array([0, HEADS, self._width // HEADS], np.int64))
        self._constant("join", np.array([0, self._width], np.int64))
        length = self._node("Shape", "tokens")
        placed = self._node("Slice", "places", zero, length, zero)
        return self._normed(self._node("Add", self._node("Gather", words, "tokens"), placed), "embeddings.LayerNorm")

    def _layer(self, said: str, name: str) -> str:
        scale = 1 / np.sqrt(self._width // HEADS)
        query = self._heads(self._linear(said, f"{name}attention.self.query", scale), [1, 0, 2])
        key = self._heads(self._linear(said, f"{name}attention.self.key"), [1, 2, 0])
        value = self._heads(self._linear(said, f"{name}attention.self.value"), [1, 0, 2])
        looks = self._node("Softmax", self._node("MatMul", query, key), axis=-1)
        seen = self._node("Transpose", self._node("MatMul", looks, value), perm=[1, 0, 2])
        told = self._linear(self._node("Reshape", seen, "join"), f"{name}attention.output.dense")
        said = self._normed(self._node("Add", told, said), f"{name}attention.output.LayerNorm")
        wide = self._node("Gelu", self._linear(said, f"{name}intermediate.dense"))
        return self._normed(
            self._node("Add", self._linear(wide, f"{name}output.dense"), said), f"{name}output.LayerNorm"
        )

    def _heads(self, value: str, order: list[int]) -> str:
        return self._node("Transpose", self._node("Reshape", value, "split"), perm=order)

    def _linear(self, value: str, name: str, scale: float = 1.0) -> str:
        weight = self._constant(f"{name}.w", self._weights[f"{name}.weight"].T * np.float32(scale))
        return self._node("Gemm", value, weight, self._constant(f"{name}.b", self._weights[f"{name}.bias"] * scale))

    def _normed(self, value: str, name: str) -> str:
        weight = self._constant(f"{name}.w", self._weights[f"{name}.weight"])
        bias = self._constant(f"{name}.b", self._weights[f"{name}.bias"])
        return self._node("LayerNormalization", value, weight, bias, axis=-1, epsilon=SMALLEST)

    def _constant(self, name: str, values: NDArray[Any]) -> str:
        from onnx import numpy_helper

        exact = values if values.dtype == np.int64 else values.astype(np.float32)
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(exact), name))
        return name

    def _node(self, operator: str, *inputs: str, out: str = "", **settings: Any) -> str:
        from onnx import helper

        out = out or f"{operator}.{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, list(inputs), [out], **settings))
        return out
