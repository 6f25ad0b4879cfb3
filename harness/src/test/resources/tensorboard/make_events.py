"""Writes events.bin, the event file that EventFileTest expects, with TensorBoard's own writer of records."""

import pathlib

from tensorboard.compat.proto.event_pb2 import Event, SessionLog
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter

events = [
    Event(wall_time=1000.5, step=0, file_version="brain.Event:2"),
    Event(wall_time=1000.5, step=301, session_log=SessionLog(status=SessionLog.START)),
    Event(
        wall_time=1000.5,
        step=301,
        summary=Summary(
            value=[
                Summary.Value(tag="total", simple_value=0.25),
                Summary.Value(tag="commitment", simple_value=-1.5e-3),
            ]
        ),
    ),
    Event(wall_time=1000.5, step=302, summary=Summary(value=[Summary.Value(tag="total", simple_value=0)])),
]
with open(pathlib.Path(__file__).with_name("events.bin"), "wb") as file:
    writer = RecordWriter(file)
    for event in events:
        writer.write(event.SerializeToString())
    writer.flush()
