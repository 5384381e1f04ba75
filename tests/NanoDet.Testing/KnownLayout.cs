using System.Text;

namespace NanoDet.Testing;

/// <summary>
/// A small data set in a layout that some tool writes, and what is right for it: build and tool have to agree about each. Pictures
/// and labels are our own; the layouts are those of the tools' exports.
/// </summary>
/// <param name="Name">The layout, as docs/labels.md calls it.</param>
/// <param name="Files">
/// The files: a picture by its path alone, anything else as <c>path=content</c>. <c>voc:CLASS</c>, <c>yolo:NUMBER</c>,
/// <c>labelme:CLASS</c> and <c>coco:CLASS NAME…</c>, or another of <see cref="ToolLabels"/>, stand for labels with one object in each picture.
/// <c>utf16:</c> and <c>bom:</c> before a content have it written in UTF-16, or in UTF-8 with a byte order mark.
/// </param>
/// <param name="Expected">A line for each picture: path, class, and part (<c>-</c>: the hash decides); or the code of an error.</param>
public sealed record KnownLayout(string Name, string[] Files, string[] Expected)
{
    /// <summary>The code of the warning that build and tool give; null where nothing is said.</summary>
    public string? Warning { get; init; }

    /// <summary>All layouts.</summary>
    public static IReadOnlyList<KnownLayout> All { get; } =
    [
        new("Pascal VOC", ["JPEGImages/1.png", "JPEGImages/2.png", "Annotations/1.xml=voc:bolt", "Annotations/2.xml=voc:nut", "ImageSets/Main/train.txt=1", "ImageSets/Main/val.txt=2", "ImageSets/Main/nut_train.txt=1 -1"],
            ["JPEGImages/1.png bolt train", "JPEGImages/2.png nut val"]),
        new("Pascal VOC of two years", ["VOC2007/JPEGImages/1.png", "VOC2012/JPEGImages/1.png", "VOC2007/Annotations/1.xml=voc:bolt", "VOC2012/Annotations/1.xml=voc:nut", "VOC2007/ImageSets/Main/train.txt=1", "VOC2012/ImageSets/Main/val.txt=1"],
            ["VOC2007/JPEGImages/1.png bolt train", "VOC2012/JPEGImages/1.png nut val"]),
        new("Pascal VOC of 2012 as it unpacks", ["VOCdevkit/VOC2012/JPEGImages/1.png", "VOCdevkit/VOC2012/JPEGImages/2.png", "VOCdevkit/VOC2012/SegmentationClass/1.png", "VOCdevkit/VOC2012/Annotations/1.xml=voc:bolt", "VOCdevkit/VOC2012/Annotations/2.xml=voc:nut", "VOCdevkit/VOC2012/ImageSets/Main/train.txt=1", "VOCdevkit/VOC2012/ImageSets/Main/val.txt=2", "VOCdevkit/VOC2012/ImageSets/Layout/val.txt=1 1", "VOCdevkit/VOC2012/ImageSets/Segmentation/train.txt=2", "VOCdevkit/VOC2012/ImageSets/Action/test.txt=1 1"],
            ["VOCdevkit/VOC2012/JPEGImages/1.png bolt train", "VOCdevkit/VOC2012/JPEGImages/2.png nut val"]),
        new("Pascal VOC of 2012 in the project's folder", ["JPEGImages/1.png", "JPEGImages/2.png", "SegmentationClass/1.png", "Annotations/1.xml=voc:bolt", "Annotations/2.xml=voc:nut", "ImageSets/Main/train.txt=1", "ImageSets/Main/val.txt=2", "ImageSets/Layout/val.txt=1 1", "ImageSets/Segmentation/train.txt=2", "ImageSets/Action/test.txt=1 1"],
            ["JPEGImages/1.png bolt train", "JPEGImages/2.png nut val"]),
        new("CVAT's Pascal VOC", ["JPEGImages/1.png", "JPEGImages/2.png", "Annotations/1.xml=voc:bolt", "Annotations/2.xml=voc:bolt", "ImageSets/Main/default.txt=1\n2", "labelmap.txt=# label:color_rgb:parts:actions\nbolt:1,2,3::"],
            ["JPEGImages/1.png bolt -", "JPEGImages/2.png bolt -"]),
        new("labelImg's Pascal VOC beside the pictures", ["photos/1.png", "photos/2.png", "photos/1.xml=voc:bolt", "photos/2.xml=voc:nut", "photos/predefined_classes.txt=bolt\nnut"],
            ["photos/1.png bolt -", "photos/2.png nut -"]),
        new("labelImg's YOLO beside the pictures", ["images/1.png", "images/2.png", "images/1.txt=yolo:0", "images/2.txt=yolo:1", "images/classes.txt=nut\nbolt"],
            ["images/1.png nut -", "images/2.png bolt -"]),
        new("labelme beside the pictures", ["photos/1.png", "photos/2.png", "photos/1.json=labelme:bolt", "photos/2.json=labelme:nut"],
            ["photos/1.png bolt -", "photos/2.png nut -"]),
        new("Ultralytics", ["images/train/1.png", "images/val/1.png", "images/test/2.png", "labels/train/1.txt=yolo:0", "labels/val/1.txt=yolo:1", "labels/test/2.txt=yolo:1", "data.yaml=path: ../datasets/x\ntrain: images/train\nval: images/val\ntest: images/test\nnames:\n  0: nut\n  1: bolt\n"],
            ["images/train/1.png nut train", "images/val/1.png bolt val", "images/test/2.png bolt test"]),
        new("Ultralytics with lists and other folders", ["images/a/1.png", "images/b/1.png", "images/c/1.png", "labels/a/1.txt=yolo:0", "labels/b/1.txt=yolo:1", "labels/c/1.txt=yolo:0", "data.yaml=train: [images/a, images/b]\nval: hold.txt\nnames: [nut, bolt]\n", "hold.txt=./images/c/1.png\n"],
            ["images/a/1.png nut train", "images/b/1.png bolt train", "images/c/1.png nut val"]),
        new("Roboflow's YOLO", ["train/images/1.png", "valid/images/1.png", "test/images/1.png", "train/labels/1.txt=yolo:0", "valid/labels/1.txt=yolo:1", "test/labels/1.txt=yolo:0", "data.yaml=train: ../train/images\nval: ../valid/images\ntest: ../test/images\n\nnc: 2\nnames: ['nut', 'bolt']\n", "README.roboflow.txt=Exported"],
            ["train/images/1.png nut train", "valid/images/1.png bolt val", "test/images/1.png nut test"]),
        new("Roboflow's COCO", ["train/1.png", "valid/1.png", "test/1.png", "train/_annotations.coco.json=coco:bolt 1.png", "valid/_annotations.coco.json=coco:nut 1.png", "test/_annotations.coco.json=coco:bolt 1.png"],
            ["train/1.png bolt train", "valid/1.png nut val", "test/1.png bolt test"]),
        new("Roboflow's Pascal VOC", ["train/1.png", "valid/1.png", "train/1.xml=voc:bolt", "valid/1.xml=voc:nut"],
            ["train/1.png bolt train", "valid/1.png nut val"]),
        new("darknet", ["data/obj/1.png", "data/obj/2.png", "data/obj/1.txt=yolo:0", "data/obj/2.txt=yolo:1", "data/obj.data=classes = 2\ntrain = data/train.txt\nvalid = data/test.txt\nnames = data/obj.names\nbackup = backup/\n", "data/obj.names=nut\nbolt\n", "data/train.txt=data/obj/1.png\n", "data/test.txt=data/obj/2.png\n"],
            ["data/obj/1.png nut train", "data/obj/2.png bolt val"]),
        new("CVAT's YOLO", ["obj_train_data/1.png", "obj_train_data/2.png", "obj_train_data/1.txt=yolo:0", "obj_train_data/2.txt=yolo:1", "obj.data=classes = 2\ntrain = data/train.txt\nnames = data/obj.names\nbackup = backup/\n", "obj.names=nut\nbolt\n", "train.txt=data/obj_train_data/1.png\ndata/obj_train_data/2.png\n"],
            ["obj_train_data/1.png nut -", "obj_train_data/2.png bolt -"]),
        new("CVAT's YOLO in a folder of any name", ["task12/obj_train_data/1.png", "task12/obj_valid_data/2.png", "task12/obj_train_data/1.txt=yolo:0", "task12/obj_valid_data/2.txt=yolo:1", "task12/obj.data=classes = 2\ntrain = data/train.txt\nvalid = data/valid.txt\nnames = data/obj.names\nbackup = backup/\n", "task12/obj.names=nut\nbolt\n", "task12/train.txt=data/obj_train_data/1.png\n", "task12/valid.txt=data/obj_valid_data/2.png\n"],
            ["task12/obj_train_data/1.png nut train", "task12/obj_valid_data/2.png bolt val"]),
        new("Two tasks of CVAT beside each other", ["a/obj_train_data/1.png", "a/obj_train_data/2.png", "b/obj_train_data/1.png", "b/obj_train_data/2.png", "a/obj_train_data/1.txt=yolo:0", "a/obj_train_data/2.txt=yolo:1", "b/obj_train_data/1.txt=yolo:1", "b/obj_train_data/2.txt=yolo:0", "a/obj.data=classes = 2\ntrain = data/train.txt\nvalid = data/valid.txt\nnames = data/obj.names\n", "b/obj.data=classes = 2\ntrain = data/train.txt\nvalid = data/valid.txt\nnames = data/obj.names\n", "a/obj.names=nut\nbolt\n", "b/obj.names=nut\nbolt\n", "a/train.txt=data/obj_train_data/1.png\n", "a/valid.txt=data/obj_train_data/2.png\n", "b/train.txt=data/obj_train_data/2.png\n", "b/valid.txt=data/obj_train_data/1.png\n"],
            ["a/obj_train_data/1.png nut train", "a/obj_train_data/2.png bolt val", "b/obj_train_data/1.png bolt val", "b/obj_train_data/2.png nut train"]),
        new("CVAT's YOLO without pictures", ["images/1.png", "images/2.png", "task12/obj_train_data/1.txt=yolo:0", "task12/obj_valid_data/2.txt=yolo:1", "task12/obj.data=classes = 2\ntrain = data/train.txt\nvalid = data/valid.txt\nnames = data/obj.names\n", "task12/obj.names=nut\nbolt\n", "task12/train.txt=data/obj_train_data/1.png\n", "task12/valid.txt=data/obj_valid_data/2.png\n"],
            ["images/1.png nut train", "images/2.png bolt val"]),
        new("CVAT's Ultralytics in a folder of any name", ["task12/images/Train/a/1.png", "task12/images/Train/b/1.png", "task12/images/Validation/2.png", "task12/labels/Train/a/1.txt=yolo:0", "task12/labels/Train/b/1.txt=yolo:1", "task12/labels/Validation/2.txt=yolo:1", "task12/data.yaml=path: .\ntrain: Train.txt\nval: Validation.txt\nnames:\n  0: nut\n  1: bolt\n", "task12/Train.txt=data/images/Train/a/1.png\ndata/images/Train/b/1.png\n", "task12/Validation.txt=data/images/Validation/2.png\n"],
            ["task12/images/Train/a/1.png nut train", "task12/images/Train/b/1.png bolt train", "task12/images/Validation/2.png bolt val"]),
        new("CVAT's COCO", ["images/default/1.png", "annotations/instances_default.json=coco:bolt 1.png"],
            ["images/default/1.png bolt -"]),
        new("COCO", ["train2017/1.png", "val2017/1.png", "annotations/instances_train2017.json=coco:bolt 1.png", "annotations/instances_val2017.json=coco:nut 1.png", "annotations/captions_val2017.json={\"images\":[{\"id\":1}],\"annotations\":[{\"caption\":\"a nut\"}]}", "annotations/person_keypoints_val2017.json=coco:person 1.png", "annotations/image_info_test2017.json={\"images\":[{\"id\":1,\"file_name\":\"1.png\"}],\"categories\":[]}"],
            ["train2017/1.png bolt train", "val2017/1.png nut val"]),
        new("COCO files of parts for one folder", ["images/1.png", "images/2.png", "annotations/instances_train.json=coco:bolt 1.png", "annotations/instances_val.json=coco:nut 2.png"],
            ["images/1.png bolt train", "images/2.png nut val"]),
        new("COCO beside a folder of any name", ["photos/1.png", "labels.json=coco:bolt photos/1.png"],
            ["photos/1.png bolt -"]),
        new("Label Studio's YOLO", ["images/1.png", "labels/1.txt=yolo:1", "classes.txt=nut\nbolt", "notes.json={\"categories\":[{\"id\":0,\"name\":\"nut\"},{\"id\":1,\"name\":\"bolt\"}],\"info\":{\"contributor\":\"Label Studio\"}}"],
            ["images/1.png bolt -"]),
        new("Label Studio's YOLO without classes.txt", ["images/1.png", "labels/1.txt=yolo:1", "notes.json={\"categories\":[{\"id\":1,\"name\":\"bolt\"},{\"id\":0,\"name\":\"nut\"}],\"info\":{\"contributor\":\"Label Studio\"}}"],
            ["images/1.png bolt -"]),
        new("CreateML of Roboflow", ["train/1.png", "valid/1.png", "train/_annotations.createml.json=createml:bolt 1.png", "valid/_annotations.createml.json=createml:nut 1.png"],
            ["train/1.png bolt train", "valid/1.png nut val"]),
        new("CreateML as Apple describes it", ["photos/1.png", "photos/2.png", "photos/annotations.json=createml-apple:bolt 1.png 2.png"],
            ["photos/1.png bolt -", "photos/2.png bolt -"]),
        new("VIA's annotations", ["photos/1.png", "photos/2.png", "photos/via_region_data.json=via:bolt 1.png 2.png"],
            ["photos/1.png bolt -", "photos/2.png bolt -"]),
        new("A project of VIA", ["images/train/1.png", "images/val/2.png", "via_project_5Nov2024.json=via-project:bolt 1.png 2.png"],
            ["images/train/1.png bolt train", "images/val/2.png bolt val"]),
        new("VoTT's export", ["target/vott-json-export/1.png", "target/vott-json-export/2.png", "target/vott-json-export/p-export.json=vott:bolt 1.png 2.png", "target/0a-asset.json=vott-asset:bolt 1.png", "target/0b-asset.json=vott-asset:bolt 2.png"],
            ["target/vott-json-export/1.png bolt -", "target/vott-json-export/2.png bolt -"]),
        new("VoTT's files of single pictures", ["source/1.png", "source/2.png", "target/0a-asset.json=vott-asset:bolt 1.png", "target/0b-asset.json=vott-asset:nut 2.png"],
            ["source/1.png bolt -", "source/2.png nut -"]),
        new("Label Studio's JSON", ["images/0f3a9c1e-1.png", "images/2.png", "images/night/3.png", "project-1.json=labelstudio:bolt /data/upload/1/0f3a9c1e-1.png /data/upload/1/77aa00bb-2.png /data/local-files/?d=images/night/3.png"],
            ["images/0f3a9c1e-1.png bolt -", "images/2.png bolt -", "images/night/3.png bolt -"]),
        new("Label Studio's JSON-MIN", ["photos/1.png", "photos/2.png", "photos/project-1.json=labelstudio-min:bolt https://host/photos/1.png?token=x s3://bucket/photos/2.png"],
            ["photos/1.png bolt -", "photos/2.png bolt -"]),
        new("Label Studio's addresses of several kinds", ["images/p0.png", "images/p1.png", "images/p2.png", "images/p3.png", "project.json=labelstudio:bolt /data/local-files/?d=images/p0.png /data/upload/3/a0001eef-p1.png s3://bucket/raw/2024/p2.png https://host/photos/p3.png?token=x"],
            ["images/p0.png bolt -", "images/p1.png bolt -", "images/p2.png bolt -", "images/p3.png bolt -"]),
        new("Label Studio's COCO", ["images/a.png", "images/b.png", "result.json=coco:bolt ../../label-studio/data/media/upload/1/0a1b2c3d-a.png ../../label-studio/data/media/upload/1/1a1b2c3d-b.png"],
            ["images/a.png bolt -", "images/b.png bolt -"]),
        new("Label Studio's storage", ["images/1.png", "images/2.png", "tasks/1.json=labelstudio-task:bolt /data/local-files/?d=images/1.png", "tasks/7.json=labelstudio-storage:nut s3://bucket/images/2.png"],
            ["images/1.png bolt -", "images/2.png nut -"]),
        new("Datumaro", ["images/train/1.png", "images/val/1.png", "annotations/train.json=datumaro:bolt 1.png", "annotations/val.json=datumaro:nut 1.png"],
            ["images/train/1.png bolt train", "images/val/1.png nut val"]),
        new("Datumaro of CVAT", ["images/default/1.png", "annotations/default.json=datumaro:bolt 1.png"],
            ["images/default/1.png bolt -"]),
        new("CreateML and another form", ["train/1.png", "train/1.xml=voc:bolt", "train/_annotations.createml.json=createml:bolt 1.png"], ["NDB1060"]),
        new("Capitals", ["Images/1.png", "Labels/1.txt=yolo:1", "Labels/classes.txt=nut\nbolt"],
            ["Images/1.png bolt -"]),
        new("A list of classes among the labels", ["images/1.png", "labels/1.txt=yolo:1", "labels/classes.txt=nut\nbolt"],
            ["images/1.png bolt -"]),
        new("Lists with paths", ["images/1.png", "images/2.png", "annotations/1.xml=voc:bolt", "annotations/2.xml=voc:bolt", "train.txt=images/1.png\n", "val.txt=2.png\n"],
            ["images/1.png bolt train", "images/2.png bolt val"]),
        new("Lists among the pictures or the labels", ["data/images/photos/1.png", "data/images/photos/2.png", "data/labels/photos/1.txt=yolo:0", "data/labels/photos/2.txt=yolo:1", "data/classes.txt=nut\nbolt", "data/images/train.txt=photos/1.png", "data/labels/val.txt=images/photos/2.png"],
            ["data/images/photos/1.png nut train", "data/images/photos/2.png bolt val"]),
        new("Oxford's pets", ["images/Abyssinian_1.png", "images/Abyssinian_2.png", "images/pug_1.png", "annotations/xmls/Abyssinian_1.xml=voc:cat", "annotations/xmls/Abyssinian_2.xml=voc:cat", "annotations/xmls/pug_1.xml=voc:dog", "annotations/trainval.txt=Abyssinian_1 1 1 1\nAbyssinian_2 1 1 1", "annotations/test.txt=#Image CLASS-ID SPECIES BREED ID\npug_1 2 2 1"],
            ["images/Abyssinian_1.png cat -", "images/Abyssinian_2.png cat -", "images/pug_1.png dog test"]),
        new("Lists in a folder of their own", ["images/1.png", "images/2.png", "labels/1.txt=yolo:0", "labels/2.txt=yolo:1", "classes.txt=nut\nbolt", "splits/train.txt=1", "splits/val.txt=2", "notes/test.txt=1"],
            ["images/1.png nut train", "images/2.png bolt val"]),
        new("One name in several folders", ["images/1.png", "images/night/1.png", "annotations/1.xml=voc:bolt", "annotations/night/1.xml=voc:nut"],
            ["images/1.png bolt -", "images/night/1.png nut -"]),
        new("A path in the labels", ["images/b1/1.png", "images/b2/1.png", "json/1.json=labelme-of:bolt ../images/b1/1.png"],
            ["images/b1/1.png bolt -"]),
        new("An older copy of labels with paths", ["images/b1/1.png", "images/b2/1.png", "json/b1/1.json=labelme-of:bolt ../../images/b1/1.png", "json/1.json=labelme-of:nut ../images/b1/1.png"], ["NDB1022"]),
        new("An older copy of Pascal VOC above", ["images/b1/1.png", "images/b2/1.png", "annotations/b1/1.xml=voc:bolt", "annotations/1.xml=voc:nut"], ["NDB1022"]),
        new("An older copy of YOLO above", ["images/train/1.png", "images/val/1.png", "labels/train/1.txt=yolo:0", "labels/1.txt=yolo:1", "classes.txt=nut\nbolt"], ["NDB1022"]),
        new("An older copy beside Roboflow's parts", ["train/images/1.png", "valid/images/1.png", "train/labels/1.txt=yolo:0", "labels/1.txt=yolo:1", "data.yaml=names: [nut, bolt]"], ["NDB1022"]),
        new("A few labels beside the pictures", ["images/1.png", "images/2.png", "images/3.png", "annotations/1.xml=voc:bolt", "annotations/2.xml=voc:bolt", "images/3.xml=voc:nut"],
            ["images/1.png bolt -", "images/2.png bolt -", "images/3.png nut -"]),
        new("Labels of one picture beside it and elsewhere", ["images/1.png", "images/2.png", "annotations/1.xml=voc:bolt", "annotations/2.xml=voc:bolt", "images/2.xml=voc:nut"], ["NDB1022"]),
        new("A picture among the labels", ["images/1.png", "images/2.png", "annotations/3.png", "annotations/1.xml=voc:bolt", "annotations/2.xml=voc:bolt", "annotations/3.xml=voc:nut"],
            ["images/1.png bolt -", "images/2.png bolt -", "annotations/3.png nut -"]),
        new("A second batch of labels", ["images/1.png", "images/2.png", "images/3.png", "annotations/1.xml=voc:bolt", "annotations/2.xml=voc:bolt", "annotations/batch2/3.xml=voc:nut"],
            ["images/1.png bolt -", "images/2.png bolt -", "images/3.png nut -"]),
        new("Parts before the names of folders", ["train_images/1.png", "val_images/1.png", "train_labels/1.txt=yolo:0", "val_labels/1.txt=yolo:1", "classes.txt=nut\nbolt"],
            ["train_images/1.png nut train", "val_images/1.png bolt val"]),
        new("Parts behind the names of folders", ["images_train/1.png", "images-val/1.png", "annotations_train/1.xml=voc:nut", "annotations-val/1.xml=voc:bolt"],
            ["images_train/1.png nut train", "images-val/1.png bolt val"]),
        new("Short names of parts", ["imagesTr/1.png", "imagesTr/2.png", "imagesTs/1.png", "labelsTr/1.txt=yolo:0", "labelsTr/2.txt=yolo:0", "labelsTs/1.txt=yolo:1", "classes.txt=nut\nbolt"],
            ["imagesTr/1.png nut -", "imagesTr/2.png nut -", "imagesTs/1.png bolt test"]),
        new("COCO and folders with a word and a part", ["img_train/1.png", "img_val/1.png", "annotations/train.json=coco:bolt 1.png", "annotations/val.json=coco:nut 1.png"],
            ["img_train/1.png bolt train", "img_val/1.png nut val"]),
        new("Train and test", ["images/train/1.png", "images/train/2.png", "images/Testing/1.png", "annotations/train/1.xml=voc:bolt", "annotations/train/2.xml=voc:bolt", "annotations/Testing/1.xml=voc:bolt"],
            ["images/train/1.png bolt -", "images/train/2.png bolt -", "images/Testing/1.png bolt test"]),
        new("What is no label", ["images/1.png", "nanodet.lock.json={\"images\":[{\"file_name\":\"1.png\"}]}", "Model.manifest.json={\"data\":{\"images\":1},\"categories\":[]}", "images/list.json={\"images\":[\"1.png\"]}", "images/._1.png=x", "annotations/1.xml=voc:bolt", "annotations/._1.xml=x", "images/1.png.aux.xml=<PAMDataset/>", "images/notes.json={\"a\":1}", "images/.ipynb_checkpoints/1-checkpoint.json={\"shapes\":[]}", "__MACOSX/images/1.xml=x", "images/1.txt=a photo of a bolt", "node_modules/a/1.xml=voc:nut", "obj/1.xml=voc:nut", "annotations/README.txt=made in May", "annotations/web/Images.xml=<annotations/>", "labels.cache=x"],
            ["images/1.png bolt -"]),
        new("A text among the labels", ["images/1.png", "labels/1.txt=yolo:0", "labels/README.txt=made in May", "classes.txt=bolt"],
            ["images/1.png bolt -"]),
        new("Pictures called like parts and lists", ["images/test.png", "images/names.png", "labels/test.txt=yolo:0", "labels/names.txt=yolo:1", "classes.txt=nut\nbolt"],
            ["images/test.png nut -", "images/names.png bolt -"]),
        new("Results of Ultralytics beside the data", ["images/1.png", "labels/1.txt=yolo:0", "runs/detect/predict/1.png", "runs/detect/predict/labels/1.txt=yolo:1", "classes.txt=nut\nbolt"],
            ["images/1.png nut -"]),
        new("COCO whose members only its middle shows", ["images/1.png", $"annotations/all.json={LongCoco}"],
            ["images/1.png bolt -"]),
        new("Two lists of classes of different kinds", ["images/1.png", "labels/1.txt=yolo:1", "data.yaml=names: [bolt, nut]", "classes.txt=nut\nbolt"],
            ["images/1.png nut -"]) { Warning = "NDB1061" },
        new("COCO's validation part alone", ["annotations/instances_val2017.json=coco:bolt 1.png 2.png", "val2017/1.png", "val2017/2.png"],
            ["val2017/1.png bolt -", "val2017/2.png bolt -"]),
        new("One folder for training and validation", ["images/train2017/1.png", "images/train2017/2.png", "labels/train2017/1.txt=yolo:0", "labels/train2017/2.txt=yolo:1", "data.yaml=train: images/train2017\nval: images/train2017\nnames: [nut, bolt]\n"],
            ["images/train2017/1.png nut -", "images/train2017/2.png bolt -"]),
        new("One folder for validation and test", ["images/a/1.png", "images/b/2.png", "labels/a/1.txt=yolo:0", "labels/b/2.txt=yolo:1", "data.yaml=train: images/a\nval: images/b\ntest: images/b\nnames: [nut, bolt]\n"],
            ["images/a/1.png nut train", "images/b/2.png bolt val"]),
        new("One list for validation and test", ["images/1.png", "images/2.png", "labels/1.txt=yolo:0", "labels/2.txt=yolo:1", "train.txt=images/1.png", "hold.txt=images/2.png", "data.yaml=train: train.txt\ntest: hold.txt\nval: hold.txt\nnames: [nut, bolt]\n"],
            ["images/1.png nut train", "images/2.png bolt val"]),
        new("A folder of another machine", ["images/train/1.png", "images/train/3.png", "images/test/2.png", "labels/train/1.txt=yolo:0", "labels/train/3.txt=yolo:0", "labels/test/2.txt=yolo:1", "data.yaml=train: images/train\nval: /mnt/holdout/images\nnames: [nut, bolt]\n"],
            ["images/train/1.png nut -", "images/train/3.png nut -", "images/test/2.png bolt test"]),
        new("One list for training and validation", ["images/1.png", "images/2.png", "labels/1.txt=yolo:0", "labels/2.txt=yolo:1", "all.txt=images/1.png\nimages/2.png\n", "data.yaml=train: all.txt\nval: all.txt\nnames: [nut, bolt]\n"],
            ["images/1.png nut -", "images/2.png bolt -"]),
        new("Names with dots and no extension", ["images/img.png", "images/img.v2.png", "labels/all.json=coco:bolt img.v2", "labels/rest.json=coco:nut img"],
            ["images/img.png nut -", "images/img.v2.png bolt -"]),
        new("Roboflow's darknet", ["train/1.png", "valid/2.png", "train/1.txt=yolo:0", "valid/2.txt=yolo:1", "train/_darknet.labels=nut\nbolt", "valid/_darknet.labels=nut\nbolt"],
            ["train/1.png nut train", "valid/2.png bolt val"]),
        new("A list of classes with an empty line", ["images/1.png", "labels/1.txt=yolo:1", "labels/classes.txt=nut\n\nbolt"], ["NDB1064"]),
        new("Two forms in folders of their own", ["images/1.png", "voc/1.xml=voc:bolt", "labels/1.txt=yolo:0", "classes.txt=nut"], ["NDB1060"]),
        new("Two exports with the same classes", ["v1/train/images/1.png", "v1/train/labels/1.txt=yolo:0", "v1/data.yaml=names: ['bolt', 'nut']\nversion: 1", "v2/valid/images/2.png", "v2/valid/labels/2.txt=yolo:1", "v2/data.yaml=names: [bolt, nut]\nversion: 2"],
            ["v1/train/images/1.png bolt train", "v2/valid/images/2.png nut val"]),
        new("Two forms", ["images/1.png", "images/1.xml=voc:bolt", "images/1.txt=yolo:0", "images/classes.txt=nut"], ["NDB1060"]),
        new("A COCO file and another form", ["images/1.png", "images/2.png", "images/3.png", "annotations/all.json=coco:bolt 1.png 2.png", "annotations/2.xml=voc:bolt", "annotations/3.xml=voc:bolt"], ["NDB1060"]),
        new("A COCO file and another form for other pictures", ["images/1.png", "images/2.png", "annotations/all.json=coco:bolt 1.png", "annotations/2.xml=voc:nut"], ["images/1.png bolt -", "images/2.png nut -"]),
        new("Two lists of classes", ["images/a/1.png", "labels/a/1.txt=yolo:0", "labels/a/classes.txt=nut\nbolt", "images/b/1.png", "labels/b/1.txt=yolo:0", "labels/b/classes.txt=bolt\nnut"], ["NDB1061"]),
        new("Two sets beside each other with other classes", ["a/images/1.png", "a/labels/1.txt=yolo:0", "a/data.yaml=names: [nut]", "b/images/2.png", "b/labels/2.txt=yolo:0", "b/labels/classes.txt=bolt"], ["NDB1061"]),
        new("Two sets beside each other with the same classes", ["a/images/1.png", "a/labels/1.txt=yolo:0", "a/data.yaml=names: [nut]", "b/images/2.png", "b/labels/2.txt=yolo:0", "b/labels/classes.txt=nut"],
            ["a/images/1.png nut -", "b/images/2.png nut -"]),
        new("Names with characters that nobody sees", ["images/1.png", "images/2.png", "images/3.png", "annotations/1.xml=voc:R\u03a9", "annotations/2.xml=voc:R\u200b\u2126\u00ad", "annotations/3.xml=voc:\ufeffR\u03a9"],
            ["images/1.png R\u03a9 -", "images/2.png R\u03a9 -", "images/3.png R\u03a9 -"]),
        new("Text beside the pictures with a byte order mark", ["photos/1.png", "photos/2.png", "photos/1.txt=\ufeff0 0.5 0.5 0.5 0.5\n", "photos/2.txt=\ufeff1 0.5 0.5 0.5 0.5\n", "photos/classes.txt=\ufeffnut\nbolt\n"],
            ["photos/1.png nut -", "photos/2.png bolt -"]),
        new("data.yaml in UTF-16", ["images/a/1.png", "images/b/2.png", "labels/a/1.txt=yolo:0", "labels/b/2.txt=yolo:1", "data.yaml=utf16:train: images/a\nval: images/b\nnames: [n\u00fct, bolt]\n"],
            ["images/a/1.png n\u00fct train", "images/b/2.png bolt val"]),
        new("notes.json in UTF-16", ["images/1.png", "labels/1.txt=yolo:1", "notes.json=utf16:{\"categories\":[{\"id\":0,\"name\":\"nut\"},{\"id\":1,\"name\":\"b\u00f6lt\"}],\"info\":{\"contributor\":\"Label Studio\"}}"],
            ["images/1.png b\u00f6lt -"]),
        new("obj.data and obj.names in UTF-16", ["data/obj/1.png", "data/obj/2.png", "data/obj/1.txt=yolo:0", "data/obj/2.txt=yolo:1", "data/obj.data=utf16:classes = 2\ntrain = data/train.txt\nvalid = data/test.txt\nnames = data/obj.names\n", "data/obj.names=utf16:nut\nbolt\n", "data/train.txt=utf16:data/obj/1.png\n", "data/test.txt=utf16:data/obj/2.png\n"],
            ["data/obj/1.png nut train", "data/obj/2.png bolt val"]),
        new("data.yaml in UTF-8 with a mark", ["images/a/1.png", "images/b/2.png", "labels/a/1.txt=yolo:0", "labels/b/2.txt=yolo:1", "data.yaml=bom:train: images/a\nval: images/b\nnames: [n\u00fct, bolt]\n"],
            ["images/a/1.png n\u00fct train", "images/b/2.png bolt val"]),
        new("notes.json in UTF-8 with a mark", ["images/1.png", "labels/1.txt=yolo:1", "notes.json=bom:{\"categories\":[{\"id\":0,\"name\":\"nut\"},{\"id\":1,\"name\":\"b\u00f6lt\"}],\"info\":{\"contributor\":\"Label Studio\"}}"],
            ["images/1.png b\u00f6lt -"]),
        new("obj.data and obj.names in UTF-8 with a mark", ["data/obj/1.png", "data/obj/2.png", "data/obj/1.txt=yolo:0", "data/obj/2.txt=yolo:1", "data/obj.data=bom:classes = 2\ntrain = data/train.txt\nvalid = data/test.txt\nnames = data/obj.names\n", "data/obj.names=bom:nut\nbolt\n", "data/train.txt=bom:data/obj/1.png\n", "data/test.txt=bom:data/obj/2.png\n"],
            ["data/obj/1.png nut train", "data/obj/2.png bolt val"]),
        new("Text in a folder of any name", ["photos/1.png", "photos/2.png", "yolo_txt/1.txt=yolo:0", "yolo_txt/2.txt=yolo:1", "yolo_txt/notes.txt=made in May", "classes.txt=nut\nbolt"],
            ["photos/1.png nut -", "photos/2.png bolt -"]),
        new("Text in a folder of any name beside labels", ["images/1.png", "labels/1.txt=yolo:0", "found/1.txt=yolo:1", "classes.txt=nut\nbolt"],
            ["images/1.png nut -"]),
        new("COCO whose entries have members of other forms", ["images/1.png", "annotations/all.json={\"images\":[{\"id\":1,\"file_name\":\"1.png\",\"shapes\":1,\"items\":0}],\"categories\":[{\"id\":3,\"name\":\"bolt\"}],\"annotations\":[{\"id\":1,\"image_id\":1,\"category_id\":3,\"label_id\":0,\"bbox\":[16,12,32,24]}]}"],
            ["images/1.png bolt -"]),
        new("Another number of classes", ["images/1.png", "labels/1.txt=yolo:0", "data.yaml=nc: 3\nnames: [nut, bolt]"], ["NDB1063"]),
        new("Another number of classes in obj.data", ["data/obj/1.png", "data/obj/1.txt=yolo:0", "data/obj.data=classes = 3\nnames = data/obj.names\n", "data/obj.names=nut\nbolt\n"], ["NDB1063"]),
        new("A project of VIA 3", ["photos/1.png", "photos/via3.json={\"project\":{\"pid\":\"__VIA_PROJECT_ID__\",\"data_format_version\":\"3.1.1\"},\"config\":{},\"attribute\":{},\"file\":{\"1\":{\"fid\":\"1\",\"fname\":\"1.png\"}},\"metadata\":{\"a\":{\"vid\":\"1\",\"xy\":[2,16,12,32,24],\"av\":{}}},\"view\":{}}"], ["NDB1010"]),
        new("Supervisely", ["ds/img/1.png", "ds/ann/1.png.json={\"description\":\"\",\"tags\":[],\"size\":{\"height\":48,\"width\":64},\"objects\":[{\"classTitle\":\"bolt\",\"geometryType\":\"rectangle\",\"points\":{\"exterior\":[[16,12],[48,36]],\"interior\":[]}}]}"], ["NDB1010"]),
        new("V7's Darwin", ["images/1.png", "annotations/1.json={\"version\":\"2.0\",\"item\":{\"name\":\"1.png\",\"slots\":[]},\"annotations\":[{\"name\":\"bolt\",\"bounding_box\":{\"x\":16,\"y\":12,\"w\":32,\"h\":24}}]}"], ["NDB1010"]),
        new("KITTI", ["training/image_2/1.png", "training/label_2/1.txt=Car 0.00 0 -1.57 16.00 12.00 48.00 36.00 1.57 1.73 4.15 1.00 13.22 1.62 0.04"], ["NDB1010"]),
        new("KITTI in a folder for labels", ["images/1.png", "labels/1.txt=Car 0.00 0 -1.57 16.00 12.00 48.00 36.00 1.57 1.73 4.15 1.00 13.22 1.62 0.04"], ["NDB1010"]),
        new("KITTI whose first file is empty", ["training/image_2/1.png", "training/image_2/2.png", "training/label_2/1.txt=", "training/label_2/2.txt=Car 0.00 0 -1.57 16.00 12.00 48.00 36.00 1.57 1.73 4.15 1.00 13.22 1.62 0.04"], ["NDB1010"]),
        new("KITTI whose first files are empty, in a folder for labels", ["images/1.png", "images/2.png", "images/3.png", "images/4.png", "images/5.png", "labels/1.txt=", "labels/2.txt=\n", "labels/3.txt=", "labels/4.txt=", "labels/5.txt=Car 0.00 0 -1.57 16.00 12.00 48.00 36.00 1.57 1.73 4.15 1.00 13.22 1.62 0.04"], ["NDB1010"]),
        new("DOTA", ["images/P1.png", "labelTxt/P1.txt=imagesource:GoogleEarth\ngsd:0.146\n2 3 10 3 10 9 2 9 small-vehicle 0\n"], ["NDB1010"]),
        new("DOTA in a folder for labels", ["images/P1.png", "labels/P1.txt=imagesource:GoogleEarth\ngsd:0.146\n2 3 10 3 10 9 2 9 small-vehicle 0\n", "labels/classes.txt=small-vehicle"], ["NDB1010"]),
        new("Cityscapes", ["leftImg8bit/train/ulm/ulm_000000_000019_leftImg8bit.png", "gtFine/train/ulm/ulm_000000_000019_gtFine_labelIds.png", "gtFine/train/ulm/ulm_000000_000019_gtFine_polygons.json={\"imgHeight\":48,\"imgWidth\":64,\"objects\":[{\"label\":\"bolt\",\"polygon\":[[16,12],[48,12],[48,36]]}]}"], ["NDB1010"]),
        new("FiftyOne's own JSON", ["data/1.png", "labels.json={\"classes\":[\"bolt\"],\"labels\":{\"1\":[{\"label\":0,\"bounding_box\":[0.25,0.25,0.5,0.5]}]}}"], ["NDB1010"]),
        new("NDJSON of Ultralytics", ["images/1.png", "bolts.ndjson={\"type\":\"dataset\",\"task\":\"detect\",\"class_names\":{\"0\":\"bolt\"}}\n{\"type\":\"image\",\"file\":\"1.png\",\"split\":\"train\",\"annotations\":{\"boxes\":[[0,0.5,0.5,0.5,0.5]]}}\n"], ["NDB1010"]),
        new("JSONL of Label Studio", ["images/1.png", "labels/tasks.jsonl={\"id\":1,\"data\":{\"image\":\"1.png\"},\"annotations\":[]}\n"], ["NDB1010"]),
        new("JSONL of Hugging Face", ["train/1.png", "train/metadata.jsonl={\"file_name\":\"1.png\",\"objects\":{\"bbox\":[[16,12,32,24]],\"categories\":[0]}}\n"], ["NDB1010"]),
        new("CSV of keras-retinanet", ["images/1.png", "images/2.png", "annotations/train.csv=images/2.png,,,,,\nimages/1.png,16,12,48,36,bolt\n"], ["NDB1010"]),
        new("Lists of Keras YOLO", ["images/1.png", "2007_train.txt=/data/images/1.png 16,12,48,36,0 1,2,3,4,0\n", "model_data/classes.txt=bolt"], ["NDB1010"]),
        new("CSV of VIA", ["photos/1.png", "via_region_data.csv=filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,region_attributes\n1.png,100,\"{}\",0,0,\"{}\",\"{}\"\n"], ["NDB1010"]),
        new("CSV of Roboflow", ["train/1.png", "train/_annotations.csv=filename,width,height,class,xmin,ymin,xmax,ymax\n1.png,64,48,bolt,16,12,48,36\n"], ["NDB1010"]),
        new("TFRecord", ["train/bolts.tfrecord=x", "train/bolts_label_map.pbtxt=item {}"], ["NDB1010"]),
        new("Text with names of classes", ["images/1.png", "labels/1.txt=bolt 0.5 0.5 0.5 0.5", "classes.txt=bolt"], ["NDB1010"]),
        new("LVIS", ["train2017/1.png", "val2017/1.png", "lvis_v1_train.json={\"images\":[{\"id\":1,\"coco_url\":\"http://images.cocodataset.org/train2017/1.png\"},{\"id\":2,\"coco_url\":\"http://images.cocodataset.org/val2017/1.png\"}],\"categories\":[{\"id\":3,\"name\":\"bolt\"}],\"annotations\":[{\"id\":1,\"image_id\":1,\"category_id\":3,\"bbox\":[16,12,32,24]},{\"id\":2,\"image_id\":2,\"category_id\":3,\"bbox\":[16,12,32,24]}]}"],
            ["train2017/1.png bolt -", "val2017/1.png bolt -"]),
        new("CVAT's own XML beside an export", ["images/1.png", "labels/1.txt=yolo:0", "classes.txt=bolt", "annotations.xml=<annotations><version>1.1</version><meta></meta><image id=\"0\" name=\"1.png\"></image></annotations>"],
            ["images/1.png bolt -"]),
        new("VisDrone", ["images/1.png", "annotations/1.txt=16,12,32,24,1,4,0,0\n"], ["NDB1010"]),
        new("A data.yaml with one name as a text", ["images/train/1.png", "labels/train/1.txt=yolo:0", "data.yaml=train: images/train\nnames: bolt\n"], ["NDB1063"]),
        new("A data.yaml in the folder of the pictures", ["set/1.png", "set/val/2.png", "set/1.txt=yolo:0", "set/val/2.txt=yolo:0", "set/data.yaml=train: .\nval: val\nnames: [bolt]\n"],
            ["set/1.png bolt train", "set/val/2.png bolt val"]),
        new("Two boxes in one object", ["images/1.png", "annotations/1.xml=<annotation><object><name>bolt</name><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>9</xmax><ymax>9</ymax></bndbox><bndbox><xmin>11</xmin><ymin>12</ymin><xmax>19</xmax><ymax>19</ymax></bndbox></object></annotation>"], ["NDB1001"]),
        new("Two names in one object", ["images/1.png", "annotations/1.xml=<annotation><object><name>bolt</name><name>nut</name><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>9</xmax><ymax>9</ymax></bndbox></object></annotation>"], ["NDB1001"]),
        new("Labels that Git has not fetched", ["images/1.png", "annotations/all.json=version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"], ["NDB1003"]),
        new("YOLO with angles", ["images/1.png", "labels/1.txt=0 0.5 0.5 0.25 0.25 -0.7853\n", "classes.txt=bolt"], ["NDB1010"]),
        new("YOLO with angles and confidences", ["images/1.png", "labels/1.txt=0 0.5 0.5 0.25 0.25 1.5708 0.9\n", "classes.txt=bolt"], ["NDB1010"]),
        new("Classes as program code", ["images/1.png", "labels/1.txt=yolo:0", "classes.txt=\"bolt\",\n\"nut\"\n"], ["NDB1064"]),
        new("Classes as a list of YAML", ["images/1.png", "labels/1.txt=yolo:0", "classes.txt=- bolt\n- nut\n"], ["NDB1064"]),
        new("Classes on one line", ["images/1.png", "labels/1.txt=yolo:0", "classes.txt=bolt,nut"], ["NDB1064"]),
        new("Classes with their numbers", ["images/1.png", "labels/1.txt=yolo:0", "classes.txt=bolt 0\nnut 1\n"], ["NDB1064"]),
        new("Numbers without names", ["images/1.png", "images/2.png", "labels/1.txt=yolo:0", "labels/2.txt=yolo:0"], ["NDB1062"]),
    ];

    // As Roboflow writes them: the ends are a licence and a polygon, each longer than what is looked at.
    private static string LongCoco => $$$"""
        {"info":{"description":"{{{new string('x', 9000)}}}"},"images":[{"id":1,"file_name":"1.png","width":64,"height":48}],"categories":[{"id":3,"name":"bolt"}],
        "annotations":[{"id":1,"image_id":1,"category_id":3,"bbox":[16,12,32,24],"segmentation":[[{{{string.Join(',', Enumerable.Repeat("16,12,48,12,48,36", 900))}}}]]}]}
        """;

    /// <summary>Writes the files.</summary>
    public void Write(TestFolder folder)
    {
        // No project of a build may begin in it, so that a folder called obj is one of a build.
        folder.Write("Model.proj", "<Project />");
        foreach (var (number, file) in Files.Index())
        {
            var separator = file.IndexOf('=', StringComparison.Ordinal);
            var path = separator < 0 ? file : file[..separator];
            Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
            if (separator < 0)
            {
                File.WriteAllBytes(folder[path], TinyPng.Bytes(number));
            }
            else
            {
                var (encoding, text) = file[(separator + 1)..].Split(':', 2) switch
                {
                    ["utf16", var marked] => (Encoding.Unicode, marked),
                    ["bom", var marked] => (Encoding.UTF8, marked),
                    _ => (new UTF8Encoding(false), file[(separator + 1)..]),
                };
                File.WriteAllText(folder[path], Content(Path.GetFileNameWithoutExtension(path), text), encoding);
            }
        }
    }

    private static string Content(string name, string text) => text.Split(':', 2) switch
    {
        ["voc", var label] => TinyVoc.Xml($"{name}.png", label),
        ["yolo", var number] => $"{number} 0.5 0.5 0.25 0.25\n",
        ["labelme", var label] => $$"""{"version":"5.0","shapes":[{"label":"{{label}}","points":[[4,5],[30,40]],"shape_type":"rectangle"}],"imagePath":"{{name}}.png","imageWidth":64,"imageHeight":48}""",
        ["labelme-of", var words] when words.Split(' ') is [var label, var path] => $$"""{"version":"5.0","shapes":[{"label":"{{label}}","points":[[4,5],[30,40]],"shape_type":"rectangle"}],"imagePath":"{{path}}","imageWidth":64,"imageHeight":48}""",
        [var tool, var words] => ToolLabels.Of(tool, words.Split(' ')[0], words.Split(' ')[1..]) ?? text,
        _ => text,
    };
}
