using System.Diagnostics;
using CsCheck;
using NanoDet.Core.Diagnostics;
using NanoDet.Imaging;
using NanoDet.Testing;

namespace NanoDet.Detection.Tests.Onnx;

public sealed class HostileModelTests
{
    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("version https://git-lfs.github.com/spec/v1", "it is a pointer of Git LFS, whose content was not fetched; run 'git lfs pull'")]
    [InlineData("<!DOCTYPE html><html></html>", "")]
    public void A_file_of_another_kind_is_no_ONNX_model(string content, string reason)
    {
        using var folder = new TestFolder();

        var diagnostic = Assert.Throws<NanoDetException>(() => Detector.Load(folder.Write("model.onnx", content))).Diagnostic;

        Assert.Equal("NDB6002", diagnostic.Code);
        Assert.EndsWith(reason, diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("weights of PyTorch", new byte[] { (byte)'P', (byte)'K', 3, 4, 0, 0, 8, 8, 0 })]
    [InlineData("weights of PyTorch", new byte[] { 0x80, 2, 0x8A, 10, (byte)'l' })]
    [InlineData("weights in safetensors", new byte[] { 64, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'"' })]
    [InlineData("a model for ncnn", new byte[] { (byte)'7', (byte)'7', (byte)'6', (byte)'7', (byte)'5', (byte)'1', (byte)'7', (byte)'\n' })]
    public void A_file_with_weights_is_told_with_the_command_that_makes_an_ONNX_model_of_it(string kind, byte[] content)
    {
        var diagnostic = Assert.Throws<NanoDetException>(() => Detector.Load(content, "model.pth")).Diagnostic;

        Assert.Equal(("NDB6002", $"The file is not an ONNX model: it has {kind}; 'nanodet convert-weights' makes an ONNX model of such a file"), (diagnostic.Code, diagnostic.Message));
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_told_apart_from_a_bad_one()
    {
        using var folder = new TestFolder();

        Assert.Equal("NDB6001", Code(() => Detector.Load(folder["missing.onnx"])));
        Assert.Equal("NDB6001", Code(() => Detector.Load(folder.FullPath)));
    }

    [Fact]
    public void A_model_that_ends_early_is_refused_wherever_it_ends()
    {
        // Behind the network are the properties; a file that ends between two of them is a whole one without the rest.
        var whole = new TinyModel(64, 64, ["cell"]) { WithMetadata = false }.ToBytes();

        Gen.Int[0, whole.Length - 1].Sample(length =>
        {
            var diagnostic = Assert.Throws<NanoDetException>(() => Detector.Load(whole.AsMemory(0, length), "cut.onnx").Dispose()).Diagnostic;
            return diagnostic.Code is "NDB6002" or "NDB6005" or "NDB6006" or "NDB6007";
        }, iter: 60, threads: 1);
    }

    [Fact]
    public void Any_damage_gives_a_diagnostic_or_a_detector_and_nothing_else()
    {
        var whole = new TinyModel(64, 64, ["cell"]).ToBytes();

        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Sample((position, value) =>
        {
            var damaged = whole.ToArray();
            damaged[position] = value;
            try
            {
                Detector.Load(damaged, "damaged.onnx").Dispose();
            }
            catch (NanoDetException exception)
            {
                Assert.StartsWith("NDB60", exception.Diagnostic.Code, StringComparison.Ordinal);
            }
        }, iter: 300, threads: 1);
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("weights.bin")]
    public void Weights_in_another_file_are_never_opened(string location)
    {
        var entry = new WireWriter().Text(1, "location").Text(2, location);
        var tensor = WireWriter.Tensor("w", [4], 1).Message(13, entry).Number(14, 1);
        var inGraph = Model(new WireWriter().Message(5, tensor));
        var inNode = Model(new WireWriter().Node("Constant", [], ["w"], new WireWriter().Text(1, "value").Message(5, tensor).Number(20, 4)));

        Assert.Equal("NDB6003", Code(() => Detector.Load(inGraph, "model.onnx")));
        Assert.Equal("NDB6003", Code(() => Detector.Load(inNode, "model.onnx")));
    }

    [Fact]
    public void Loops_branches_and_functions_are_not_run()
    {
        var body = new WireWriter().Text(1, "body").Message(6, new WireWriter().Text(2, "inner")).Number(20, 5);
        var function = new WireWriter().Message(7, new WireWriter()).Message(25, new WireWriter().Text(1, "f"));

        var loop = Assert.Throws<NanoDetException>(
            () => Detector.Load(Model(new WireWriter().Node("Loop", ["a", "b"], ["c"], body)), "model.onnx")).Diagnostic;
        Assert.Equal("NDB6004", loop.Code);
        Assert.Contains("the operator Loop", loop.Message, StringComparison.Ordinal);
        Assert.Equal("NDB6004", Code(() => Detector.Load(function.ToBytes(), "model.onnx")));
    }

    [Fact]
    public void Operators_of_unknown_origin_are_refused()
    {
        var custom = new WireWriter().Message(1, new WireWriter().Text(4, "Magic").Text(7, "acme").Text(1, "data").Text(2, "output"))
            .Input("data", 1, 3, 64, 64).Output("output", 1, 85, 33);

        Assert.Equal("NDB6005", Code(() => Detector.Load(Model(custom), "model.onnx")));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(7, false)]
    [InlineData(11, false)]
    [InlineData(22, false)]
    [InlineData(1, true)]
    public void Weights_that_claim_more_than_they_have_are_refused_before_anything_is_reserved(int type, bool packed)
    {
        var tensor = packed
            ? new WireWriter().Number(2, type).Text(8, "w").Bytes(1, [0x80, 0x80, 0x80, 0x80, 0x10, 4])
            : WireWriter.Tensor("w", [1L << 32, 4], type);
        var graph = new WireWriter().Node("Add", ["data", "w"], ["output"]).Message(5, tensor.Bytes(9, new byte[64]))
            .Input("data", 1, 3, 64, 64).Output("output", 1, 85, 33);
        var negative = new WireWriter().Node("Constant", [], ["w"], new WireWriter().Text(1, "value").Message(5, WireWriter.Tensor("w", [-1], type)).Number(20, 4));

        Assert.Equal("NDB6002", Code(() => Detector.Load(Model(graph), "model.onnx")));
        Assert.Equal("NDB6002", Code(() => Detector.Load(Model(negative), "model.onnx")));
    }

    [Fact]
    public void A_constant_of_gigabytes_that_a_few_bytes_ask_for_is_not_made_while_loading()
    {
        using var process = Process.GetCurrentProcess();
        var before = process.PeakWorkingSet64;

        using var detector = Detector.Load(Model(Blown(600_000_000)), "model.onnx");

        process.Refresh();
        Assert.InRange(process.PeakWorkingSet64 - before, 0, 1_000_000_000);
    }

    [Fact]
    public void More_memory_than_the_bound_while_running_is_one_error_and_other_models_go_on()
    {
        using var greedy = Detector.Load(Model(Blown(1L << 34)), "greedy.onnx");
        using var modest = TinyModel.Load(new TinyModel(64, 64, ["cell"]) { Places = { (9, 0, 0.9f) } });
        using var process = Process.GetCurrentProcess();
        var before = process.PeakWorkingSet64;

        Assert.Equal("NDB6010", Code(() => greedy.Detect(new PixelImage(8, 8), TestContext.Current.CancellationToken)));

        process.Refresh();
        Assert.InRange(process.PeakWorkingSet64 - before, 0, 1_000_000_000);
        Assert.Single(modest.Detect(new PixelImage(8, 8), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Predictions_that_metadata_blow_up_are_refused()
    {
        var metadata = new TinyModel(64, 64, ["cell"]).Metadata with { InputWidth = 8192, InputHeight = 8192, Strides = [1, 1, 1], RegMax = 1024 };
        var graph = new WireWriter().Node("Reshape", ["data", "shape"], ["output"]).Weight("shape", [3], [1L, -1, 1])
            .Input("data", -1, 3, -1, -1).Output("output", -1, -1, -1);

        var diagnostic = Assert.Throws<NanoDetException>(() => Detector.Load(Model(graph), "model.onnx", new DetectorOptions { Metadata = metadata })).Diagnostic;

        Assert.Equal("NDB6007", diagnostic.Code);
        Assert.Contains("its output would have more than", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sparse_weights_in_a_node_are_refused()
    {
        var node = new WireWriter().Node("Constant", [], ["w"], new WireWriter().Text(1, "sparse_value").Message(22, new WireWriter()).Number(20, 11));

        Assert.Equal("NDB6004", Code(() => Detector.Load(Model(node), "model.onnx")));
    }

    [Fact]
    public void A_name_with_control_characters_reaches_no_terminal()
    {
        var diagnostic = Assert.Throws<NanoDetException>(() => Detector.Load(
            Model(new WireWriter().Node("Bad\u001b[31m\nname", ["data"], ["output"]).Input("data", 1, 3, 64, 64).Output("output", 1, 85, 33)), "model.onnx")).Diagnostic;
        var named = new TinyModel(64, 64, ["a\u001b[31mb"]);

        Assert.DoesNotContain(diagnostic.Message, char.IsControl);
        Assert.Equal("NDB6007", Code(() => Detector.Load(named.ToBytes(), "model.onnx")));
    }

    [Theory]
    [InlineData(1, 3, 64, 1_000_000)]
    [InlineData(1, 1, 64, 64)]
    [InlineData(2, 3, 64, 64)]
    public void An_input_that_is_no_picture_of_sane_size_is_refused(long batch, long channels, long height, long width)
    {
        var graph = new WireWriter().Node("Identity", ["p"], ["output"]).Weight("p", [1, 85, 33], new float[85 * 33])
            .Input("data", batch, channels, height, width).Output("output", 1, 85, 33);

        Assert.Equal("NDB6006", Code(() => Detector.Load(Model(graph), "model.onnx")));
    }

    [Fact]
    public void Separate_outputs_for_each_stride_are_recognised_and_refused()
    {
        var graph = new WireWriter().Input("data", 1, 3, 64, 64);
        foreach (var name in (string[])["cls_pred_stride_8", "dis_pred_stride_8"])
        {
            graph.Node("Identity", ["data"], [name]).Output(name, 1, 3, 64, 64);
        }

        var diagnostic = Assert.Throws<NanoDetException>(() => Detector.Load(Model(graph), "model.onnx")).Diagnostic;

        Assert.Equal("NDB6006", diagnostic.Code);
        Assert.Contains("ncnn", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_has_another_shape_than_it_should_fails_in_one_sentence()
    {
        // The runtime sees the true shape only when it runs.
        var graph = new WireWriter()
            .Node("ReduceMean", ["data"], ["mean"], WireWriter.Ints("axes", 1, 2, 3), WireWriter.Int("keepdims", 0))
            .Node("Concat", ["mean", "mean", "mean"], ["numbers"], WireWriter.Int("axis", 0))
            .Node("Mul", ["numbers", "nothing"], ["zeros"])
            .Node("Add", ["zeros", "sides"], ["shape"])
            .Node("Cast", ["shape"], ["whole"], WireWriter.Int("to", 7))
            .Node("ConstantOfShape", ["whole"], ["output"])
            .Weight("nothing", [1], [0f]).Weight("sides", [3], [1f, 85, 32])
            .Input("data", 1, 3, 64, 64).Output("output", -1, -1, -1);
        using var detector = Detector.Load(Model(graph), "model.onnx", new DetectorOptions { Metadata = new TinyModel(64, 64, ["cell"]).Metadata });

        Assert.Equal("NDB6010", Code(() => detector.Detect(new PixelImage(8, 8), TestContext.Current.CancellationToken)));
    }

    /// <summary>A NanoDet in form whose few bytes ask for a tensor of any number of elements, computed from constants alone.</summary>
    private static WireWriter Blown(long numbers)
        => new WireWriter()
            .Node("ConstantOfShape", ["side"], ["blown"])
            .Node("ReduceMax", ["blown"], ["most"], WireWriter.Ints("axes", 0), WireWriter.Int("keepdims", 0))
            .Node("Add", ["predictions", "most"], ["output"])
            .Weight("side", [1], [numbers])
            .Weight("predictions", [1, 85, 33], new float[85 * 33])
            .Input("data", 1, 3, 64, 64).Output("output", 1, 85, 33);

    private static byte[] Model(WireWriter graph)
        => new WireWriter().Number(1, 6).Message(7, graph.Text(2, "g")).Message(8, new WireWriter().Text(1, "").Number(2, 11)).ToBytes();

    private static string Code(Action action) => Assert.Throws<NanoDetException>(action).Diagnostic.Code;
}
