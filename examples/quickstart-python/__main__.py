import pulumi
import pulumi_cja as cja

# `pulumi config set dataViewId …`
config = pulumi.Config("segments")
data_view_id = config.require("dataViewId")
# Revenue from which a person counts as a big spender.
threshold = config.get_int("threshold") or 100
# IDs of audiences of Experience Platform, to be evaluated now instead of with the nightly schedule. None: no job is run.
audiences = config.get_object("audiences") or []


def segment(context, pred):
    return {
        "func": "segment",
        "version": [1, 0, 0],
        "container": {"func": "container", "context": context, "pred": pred},
    }


def hits(pred):
    return {"func": "container", "context": "hits", "pred": pred}


def dimension(name):
    return {"func": "attr", "name": f"variables/{name}"}


def metric(name):
    return {"func": "event", "name": f"metrics/{name}"}


mobile = cja.Segment(
    "mobile",
    name="Mobile sessions",
    description="Sessions on a phone or a tablet",
    data_view_id=data_view_id,
    # `pulumi-cja explain --format python` writes the definition of a segment in this form.
    definition=segment(
        "visits", {"func": "streq-in", "list": ["Mobile Phone", "Tablet"], "val": dimension("device_type")}
    ),
)

big_spenders = cja.Segment(
    "big-spenders",
    name="Big spenders",
    description=f"People who spent {threshold} or more",
    data_view_id=data_view_id,
    definition=segment(
        "visitors", {"func": "ge", "num": threshold, "val": {"func": "total", "evt": metric("revenue")}}
    ),
)

research_then_order = cja.Segment(
    "research-then-order",
    name="Product page, then an order within a week",
    data_view_id=data_view_id,
    definition=segment(
        "visitors",
        {
            "func": "sequence",
            "stream": [
                hits({"func": "contains", "str": "product", "val": dimension("page")}),
                {"func": "time-restriction", "limit": "within", "count": 1, "unit": "week"},
                hits({"func": "event-exists", "evt": metric("orders")}),
            ],
        },
    ),
)

# An audience of Experience Platform. `pulumi config set sandbox dev` says where; without that, none is made.
sandbox = config.get("sandbox")
if sandbox:
    german = cja.Audience("german", name="People in Germany", expression='homeAddress.country = "DE"', sandbox=sandbox)
    pulumi.export("german", german.id)

# A job runs once. Another release, or other audiences, ask for another run: runs are scarce, so nothing else does.
if audiences:
    triggers = {"release": config.get("release") or "1"}
    evaluation = cja.SegmentJob("evaluation", segment_ids=audiences, triggers=triggers)
    pulumi.export("status", evaluation.status)

pulumi.export(
    "segments",
    {
        "mobile": mobile.id,
        "bigSpenders": big_spenders.id,
        "researchThenOrder": research_then_order.id,
    },
)
