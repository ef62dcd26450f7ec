"""All of Prefect: one flow per SOP, the quarterly run that joins them, and the server they run on."""
