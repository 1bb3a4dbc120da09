"""A roster on its way in: what its rows mean here, what each would do, what they did.

`reading` turns an uploaded file into planned rows, `lines` keeps the preview, `writing` carries it out, `words` speaks
the codes, `sheets` writes the refused rows back as a file. Nothing here is a door: those are in `intake.actions`.
"""
