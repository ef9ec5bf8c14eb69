"""Pages for the clinic's staff: one module, one page, one template folder, one test module.

It imports service, clinical, settings and errors, FastAPI and Jinja2, and is handed its services by web.
It never imports the store, and every page but the way in demands that somebody is signed in.
"""
