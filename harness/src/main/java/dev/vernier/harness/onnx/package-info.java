/**
 * What the user exports to ONNX: vision models as feature extractors, which teach tokenizers or
 * score them, and tokenizers as an encoder and a decoder. ONNX Runtime runs them, on the CPU.
 *
 * <p>A vision model has one image input {@code [N, 3, H, W]}; an output {@code [N, D]} is its
 * global feature, {@code [N, C, h, w]} or {@code [N, tokens, C]} are its patches. DINOv2, for
 * example, is exported so (torch 2.13, transformers 5.18, onnxscript):
 *
 * <pre>{@code
 * import torch
 * from transformers import AutoModel
 *
 * class Teacher(torch.nn.Module):
 *     def __init__(self):
 *         super().__init__()
 *         self.model = AutoModel.from_pretrained("facebook/dinov2-small")
 *
 *     def forward(self, images):
 *         return self.model(images).to_tuple()
 *
 * torch.onnx.export(Teacher().eval(), torch.zeros(1, 3, 224, 224), "dinov2.onnx",
 *                   input_names=["images"], dynamic_axes={"images": {0: "batch"}},
 *                   external_data=False)
 * }</pre>
 */
package dev.vernier.harness.onnx;
