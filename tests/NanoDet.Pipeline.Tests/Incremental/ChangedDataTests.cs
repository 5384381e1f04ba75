using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Pipeline.Incremental;
using NanoDet.Pipeline.Planning;
using NanoDet.Pipeline.Stages;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Incremental;

/// <summary>What a plan decides about a training when something changed since the last accepted model.</summary>
public sealed class ChangedDataTests : IDisposable
{
    private readonly TrainedProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Without_an_earlier_model_training_begins_from_scratch()
    {
        var trained = _project.Plan();
        Assert.Equal((StageAction.Skip, null), (Train(trained), trained.Training));
        Directory.Delete(_project.Folder["obj"], recursive: true);

        Assert.Equal("a new training starts: there is no earlier model", Decide().Words);
    }

    [Fact]
    public void A_changed_label_is_learnt_from_the_last_model_and_called_by_its_name()
    {
        _project.Correct(3);

        var decision = Decide();

        Assert.Equal("training continues from the last model, as warm start 1 in a row: 1 image was changed (6.2 % of the objects)", decision.Words);
        Assert.Equal(["images/img3.png"], decision.Lineage.Changed.Select(image => image.Path));
        Assert.Equal((1, 1 / 16.0, 0.01), (decision.Lineage.Generation, Math.Round(decision.Lineage.Share * 16) / 16, decision.Lineage.Tolerance));
        Assert.Equal(LastModelFile.Read(_project.Folder["obj"], _project.Folder["Parts.proj"])!.Record.Weights, decision.Lineage.Parent);
        Assert.Equal(["bolt", "nut"], decision.Lineage.KnownClasses);

        // The same again, without looking at the data again, for as long as nothing was accepted.
        var again = _project.Plan();
        Assert.Equal((0, decision.Words), (again.Counts.LabelsParsed, again.Training!.Decision.Words));
    }

    [Fact]
    public void A_moved_path_another_layout_and_another_name_train_nothing()
    {
        _project.Folder.Write("annotations/img3.xml", TinyVoc.Xml("img3.png", "nut", path: "/home/other/img3.png"));
        Assert.Equal(StageAction.Skip, Train(_project.Plan()));

        var xml = File.ReadAllText(_project.Folder["annotations/img4.xml"]);
        File.WriteAllText(_project.Folder["annotations/img4.xml"], xml.Replace("\n", "\r\n\t", StringComparison.Ordinal));
        Assert.Equal(StageAction.Skip, Train(_project.Plan()));

        File.Move(_project.Folder["images/img5.png"], _project.Folder["images/other.png"]);
        File.Move(_project.Folder["annotations/img5.xml"], _project.Folder["annotations/other.xml"]);
        _project.Parts.Remove("images/img5.png");
        _project.Parts["images/other.png"] = DatasetPart.Train;
        var plan = _project.Plan();
        Assert.Equal((StageAction.Skip, null), (Train(plan), plan.Training));
    }

    [Fact]
    public void Added_removed_and_repainted_images_are_told_apart()
    {
        _project.Add(77, "nut");
        _project.Remove(2);
        File.WriteAllBytes(_project.Folder["images/img8.png"], TinyPng.Bytes(78));

        var lineage = Decide().Lineage;

        Assert.Equal(TrainingWay.FineTune, lineage.Way);
        Assert.Equal(["images/new77.png"], lineage.Added.Select(image => image.Path));
        Assert.Equal(["images/img2.png"], lineage.Removed.Select(image => image.Path));
        Assert.Equal(["images/img8.png"], lineage.Changed.Select(image => image.Path));
        Assert.Equal(3 / 17.0, lineage.Share, 10);
    }

    [Theory]
    [InlineData("nut", "washer")]
    [InlineData("aglet", "nut")]
    public void A_new_class_goes_on_wherever_it_comes_in_the_list(string second, string third)
    {
        _project.Classes = ["bolt", second, third];
        _project.Add(77, second == "nut" ? third : second);

        var decision = Decide();

        Assert.Equal(TrainingWay.FineTune, decision.Lineage.Way);
        Assert.Contains($"; new classes: '{(second == "nut" ? third : second)}'", decision.Reason, StringComparison.Ordinal);
        Assert.Equal(["bolt", "nut"], decision.Lineage.KnownClasses);
    }

    [Fact]
    public void Another_order_of_classes_and_a_class_that_is_gone_begin_from_scratch()
    {
        _project.Classes = ["nut", "bolt"];
        Assert.Equal("a new training starts: the order of the classes changed", Decide().Words);

        _project.Classes = ["bolt", "screw"];
        for (var i = 1; i < 20; i += 2)
        {
            _project.Folder.Write($"annotations/img{i}.xml", TinyVoc.Xml($"img{i}.png", "screw"));
        }

        Assert.Equal("a new training starts: the class 'nut' was removed", Decide().Words);
    }

    [Fact]
    public void Too_much_at_once_begins_from_scratch()
    {
        for (var i = 0; i < 5; i++)
        {
            _project.Correct(i);
        }

        Assert.Equal("a new training starts: 5 images were changed (31.2 % of the objects), and NanoDetIncrementalMaximumChange is 30 %", Decide().Words);
        _project.Settings = new IncrementalSettings { MaximumChange = 0.32 };
        Assert.Equal(TrainingWay.FineTune, Decide().Lineage.Way);
    }

    [Fact]
    public void After_so_many_generations_training_begins_from_scratch_and_counts_anew()
    {
        _project.Settings = new IncrementalSettings { Generations = 2 };
        foreach (var (build, expected) in new[] { 1, 2, 0, 1 }.Index())
        {
            _project.Correct(3, left: 6 + build);
            var decision = Decide();
            Assert.Equal((expected, expected == 0 ? TrainingWay.Scratch : TrainingWay.FineTune), (decision.Lineage.Generation, decision.Lineage.Way));
            _project.Train();
        }
    }

    [Fact]
    public void A_correction_taken_back_asks_for_the_old_key_and_before_acceptance_for_the_old_weights()
    {
        var key = Key(_project.Plan());
        var xml = File.ReadAllText(_project.Folder["annotations/img3.xml"]);
        _project.Correct(3);
        Assert.NotEqual(key, Key(_project.Plan()));
        File.WriteAllText(_project.Folder["annotations/img3.xml"], xml);
        Assert.Equal((StageAction.Skip, key), (Train(_project.Plan()), Key(_project.Plan())));

        // The weights in the folder of the training are those of another, which was refused.
        _project.Folder.Write($"obj/{OutputFiles.Weights}", "others");
        var decision = Decide();
        Assert.Equal((true, "there is no earlier model"), (decision.TakesWeights, decision.Lineage.Reason));

        _project.Train();
        _project.Correct(3);
        Decide();
        _project.Train();
        File.WriteAllText(_project.Folder["annotations/img3.xml"], xml);
        Assert.Equal((2, key), (Decide().Lineage.Generation, Key(_project.Plan())));
    }

    [Fact]
    public void Images_that_only_judge_leave_the_weights_as_they_are_and_those_of_the_test_are_not_asked_about()
    {
        _project.Correct(18);
        var decision = Decide();
        Assert.Equal((true, TrainingWay.Kept, 0), (decision.TakesWeights, decision.Lineage.Way, decision.Lineage.Generation));
        Assert.Equal("the weights of the last model are used: only validation images changed", decision.Words);
        _project.Train();

        TinyVoc.WritePair(_project.Folder, 90, "nut", "last");
        _project.Parts["images/last.png"] = DatasetPart.Test;
        var plan = _project.Plan();
        Assert.Equal(StageAction.Skip, Train(plan));
        Assert.Equal(StageAction.Run, plan.Stages.Single(stage => stage.Name == "evaluate").Action);
    }

    [Fact]
    public void The_policy_scratch_always_begins_anew_and_shares_what_was_made_so()
    {
        _project.Settings = new IncrementalSettings { Policy = IncrementalPolicy.Scratch };
        Assert.True(Decide().TakesWeights); // They were trained from scratch.
        _project.Correct(3);
        Assert.Equal("a new training starts: NanoDetIncremental is 'scratch'", Decide().Words);

        _project.Settings = new IncrementalSettings();
        Decide();
        _project.Train();
        _project.Settings = new IncrementalSettings { Policy = IncrementalPolicy.Scratch };
        Assert.False(Decide().TakesWeights);
    }

    [Fact]
    public void The_policy_finetune_goes_on_however_much_changed_and_says_where_it_cannot()
    {
        _project.Settings = new IncrementalSettings { Policy = IncrementalPolicy.FineTune, Generations = 0 };
        _project.Classes = ["nut", "bolt"];
        for (var i = 0; i < 16; i++)
        {
            _project.Correct(i);
        }

        Assert.Equal(TrainingWay.FineTune, Decide().Lineage.Way);

        Directory.Delete(_project.Folder["obj/model"], recursive: true);
        Assert.Equal("NDB4401", Assert.Throws<NanoDetException>(_project.Plan).Diagnostic.Code);
    }

    [Fact]
    public void The_policy_never_keeps_the_weights_and_remembers_what_they_have_learnt()
    {
        _project.Settings = new IncrementalSettings { Policy = IncrementalPolicy.Never };
        _project.Correct(3);
        var decision = Decide();
        Assert.Equal((true, TrainingWay.Stale), (decision.TakesWeights, decision.Lineage.Way));
        Assert.Contains("'never', but 1 image was changed", decision.Reason, StringComparison.Ordinal);
        _project.Train();

        _project.Settings = new IncrementalSettings();
        Assert.Equal((TrainingWay.FineTune, 1), (Decide().Lineage.Way, Decide().Lineage.Changed.Length));

        Directory.Delete(_project.Folder["obj/model"], recursive: true);
        _project.Settings = new IncrementalSettings { Policy = IncrementalPolicy.Never };
        _project.Correct(4);
        Assert.Equal("NDB4403", Assert.Throws<NanoDetException>(_project.Plan).Diagnostic.Code);
    }

    [Theory]
    [InlineData(LastModelFile.Record)]
    [InlineData(LastModelFile.Dataset)]
    [InlineData(LastModelFile.Weights)]
    public void A_model_that_is_not_whole_is_none(string file)
    {
        File.AppendAllText(_project.Folder[$"obj/{file}"], "]");
        _project.Correct(3);

        Assert.Equal("a new training starts: there is no earlier model", Decide().Words);
    }

    [Fact]
    public void The_model_of_another_project_in_the_same_folder_is_not_used()
    {
        _project.Folder.Write("Other.proj", "");
        _project.ProjectFile = "Other.proj";
        _project.Correct(3);

        const string Reason = "the last model in the intermediate folder is that of Parts.proj; each project needs its own NanoDetIntermediatePath";
        Assert.Equal($"a new training starts: {Reason}", Decide().Words);
        Assert.True(LastModelFile.IsOfOtherProject(_project.Folder["obj"], _project.Folder["Other.proj"]));
        Assert.False(LastModelFile.IsOfOtherProject(_project.Folder["obj"], _project.Folder["Parts.proj"]));

        // The same data, but another project: the decision is made again.
        _project.ProjectFile = "Parts.proj";
        Assert.Equal(TrainingWay.FineTune, Decide().Lineage.Way);

        _project.ProjectFile = "Other.proj";
        _project.Settings = new IncrementalSettings { Policy = IncrementalPolicy.FineTune };
        Assert.EndsWith(Reason, Assert.Throws<NanoDetException>(_project.Plan).Diagnostic.Message, StringComparison.Ordinal);
        _project.Settings = new IncrementalSettings { Policy = IncrementalPolicy.Never };
        Assert.Equal("NDB4403", Assert.Throws<NanoDetException>(_project.Plan).Diagnostic.Code);
    }

    [Fact]
    public void The_model_of_a_project_that_was_renamed_or_of_an_earlier_version_is_its_own()
    {
        File.Move(_project.Folder["Parts.proj"], _project.Folder["Renamed.proj"]);
        _project.ProjectFile = "Renamed.proj";
        _project.Correct(3);
        Assert.Equal(TrainingWay.FineTune, Decide().Lineage.Way);

        _project.Folder.Write("Parts.proj", "");
        var path = _project.Folder[$"obj/{LastModelFile.Record}"];
        var record = File.ReadAllText(path);
        File.WriteAllText(path, record.Replace("  \"project\": \"../Parts.proj\",\n", "", StringComparison.Ordinal));
        Assert.NotEqual(record, File.ReadAllText(path));
        Assert.Equal(TrainingWay.FineTune, Decide().Lineage.Way);
    }

    [Fact]
    public void From_scratch_once_is_from_scratch_though_nothing_changed()
    {
        _project.Settings = new IncrementalSettings { FromScratch = true };
        Assert.Equal("a new training starts: the build asks for it", Decide().Words);
    }

    private TrainingDecision Decide()
    {
        var plan = _project.Plan();
        Assert.Equal(StageAction.Run, Train(plan));
        return plan.Training!.Decision;
    }

    private static StageAction Train(PlanResult plan) => plan.Stages.Single(stage => stage.Name == "train").Action;

    private static string Key(PlanResult plan) => plan.Stages.Single(stage => stage.Name == "train").Key;
}
